import { cloneElement, Children } from 'react';

export function Slot({ children, child }) {
  const own = Children.only(children);
  return cloneElement(own, { ref: own.ref, key: child.ref });
}
