import { isValidElement, type ReactElement } from 'react';

export function label(node: unknown, other: ReactElement): string {
  return isValidElement(node) ? node.props.label : other.key;
}
