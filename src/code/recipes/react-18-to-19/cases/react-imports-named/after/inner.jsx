import { useId } from 'react';

export function Outer({ React }) {
  return React.useId();
}

export const useName = () => useId();
