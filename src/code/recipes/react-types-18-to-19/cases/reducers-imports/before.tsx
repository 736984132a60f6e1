import React, { type Reducer, useReducer } from 'react';
import { type Action, reducer, type State } from './reducer';
import type { Counter, Step } from './counter';

export function useCount() {
  const one = React.useReducer<Reducer<State, Action>>(reducer, { count: 0 });
  const two = useReducer<Reducer<Counter, Step>>((state, step) => ({ count: state.count + step }), { count: 0 });
  return [one, two];
}
