import type { DeclarationKey } from './shape.ts';
import type { Surface } from './surface.ts';

/** How users write what is exported: by its exported name, members of namespaces after a point. */
export function userNames({ entries, items }: Surface): ReadonlyMap<DeclarationKey, string> {
  const names = new Map<DeclarationKey, string>();
  const add = (key: DeclarationKey, name: string): void => {
    if (names.has(key)) return;
    names.set(key, name);
    for (const [inner, innerKey] of items.get(key)?.exports ?? []) add(innerKey, `${name}.${inner}`);
  };
  for (const { exportEquals } of entries) {
    const item = exportEquals === undefined ? undefined : items.get(exportEquals);
    if (item !== undefined) add(item.key, item.name);
  }
  for (const { exports } of entries) {
    for (const [name, key] of exports) if (name !== 'default') add(key, name);
  }
  for (const { exports } of entries) {
    const key = exports.get('default');
    if (key !== undefined) add(key, items.get(key)?.name ?? 'default');
  }
  return names;
}
