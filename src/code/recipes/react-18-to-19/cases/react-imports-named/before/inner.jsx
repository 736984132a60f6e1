import React from 'react';

export function Outer({ React }) {
  return React.useId();
}

export const useName = () => React.useId();
