import { type RefObject, useContext } from 'react';
import { ThemeContext } from './theme';

export function useWidth(ref: RefObject<HTMLElement>): number {
  return ref.current?.clientWidth ?? useContext(ThemeContext).width;
}

export function Panel() {
  return { render: () => 'a text' };
}
