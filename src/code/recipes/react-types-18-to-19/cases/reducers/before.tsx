import React, { useReducer, type Reducer } from 'react';
import { reducer, make } from './reducer';

type State = { count: number };
type Counting = Reducer<State, 'up' | 'down'>;

export function useCount() {
  const one = useReducer<Reducer<State, string>>(reducer, { count: 0 });
  const two = React.useReducer<Counting>((state, action) => ({ count: state.count + action.length }), { count: 0 });
  const three = useReducer<typeof reducer, number>(reducer, 0, make);
  const four = useReducer<State, [string]>(reducer, { count: 0 });
  return [one, two, three, four];
}
