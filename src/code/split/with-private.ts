import type { ModuleShape, TopLevel } from './module-shape.ts';

/** With the private top levels that nothing else needs. Pure. */
export function withPrivate(moved: ReadonlySet<string>, shape: ModuleShape): ReadonlySet<string> {
  const all = new Set(moved);
  for (let size = -1; size !== all.size; ) {
    size = all.size;
    for (const one of shape.topLevels) {
      const users = shape.topLevels.filter(({ needs }) => needs.has(one.id));
      if (!one.isExported && users.length > 0 && users.every(({ id }) => all.has(id))) all.add(one.id);
    }
  }
  return all;
}

/** True where something that moves needs a top level. Pure. */
export function isNeededIn({ id }: TopLevel, moved: ReadonlySet<string>, { topLevels }: ModuleShape): boolean {
  return topLevels.some((one) => moved.has(one.id) && one.needs.has(id));
}
