import type { SgNode } from '@ast-grep/napi';

/** True for the module `react`. */
export function isReact(specifier: string): boolean {
  return specifier === 'react';
}

/** True for the module `react-dom`, not for its entry points. */
export function isReactDom(specifier: string): boolean {
  return specifier === 'react-dom';
}

/** Every name that a file declares or uses, so that a new one can be told from all of them. */
export function takenNames(root: SgNode): ReadonlySet<string> {
  const kinds = ['identifier', 'shorthand_property_identifier', 'shorthand_property_identifier_pattern'];
  const named = root.findAll({ rule: { any: kinds.map((kind) => ({ kind })) } }).map((node) => node.text());
  const types = root.text().matchAll(/\b(?:class|interface|type|enum)\s+([\w$]+)/g);
  return new Set([...named, ...[...types].map(([, name = '']) => name)]);
}

/** `name`, or the first of `name1`, `name2` … that is free. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let count = 1;
  while (taken.has(`${name}${count}`)) count += 1;
  return `${name}${count}`;
}
