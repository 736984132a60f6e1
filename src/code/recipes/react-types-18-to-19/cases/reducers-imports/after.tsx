import React, { useReducer } from 'react';
import { reducer } from './reducer';
import type { Counter, Step } from './counter';

export function useCount() {
  const one = React.useReducer(reducer, { count: 0 });
  const two = useReducer((state: Counter, step: Step) => ({ count: state.count + step }), { count: 0 });
  return [one, two];
}
