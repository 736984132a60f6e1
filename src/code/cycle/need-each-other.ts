import { declaringModule, type Modules } from '../split/layout.ts';
import type { ModuleShape, TopLevel } from '../split/module-shape.ts';
import type { Held } from './cut.ts';

/** Links within modules of which what is taken needs, when it runs, what takes it: no way to lay modules out ends such a ring. Pure. */
export function needEachOther(paths: ReadonlySet<string>, modules: Modules): readonly Held[] {
  return [...paths].flatMap((from) => {
    const shape = modules.get(from);
    if (shape === undefined) return [];
    return shape.topLevels.flatMap((user) =>
      takenBy(user, { shape, modules }).flatMap(({ top, path, line }): readonly Held[] => {
        if (path === from || !paths.has(path) || !leadsTo({ top, path }, { id: user.id, modules })) return [];
        const why = `${top.names.join(', ')} (${path}:${top.line}) and ${user.names.join(', ')} (${from}:${user.line}) need each other when they run`;
        return [{ file: from, line, from, to: path, why }];
      }),
    );
  });
}

type Standing = { readonly top: TopLevel; readonly path: string };

/** What a top level takes from other modules as values, where they are declared, with the lines of the imports. */
function takenBy(
  { takes }: TopLevel,
  { shape, modules }: { readonly shape: ModuleShape; readonly modules: Modules },
): readonly (Standing & { readonly line: number })[] {
  return shape.links.flatMap(({ taken, to, line, when, kind }) => {
    if (when !== 'load' || kind !== 'import') return [];
    return taken.flatMap(({ local, name, isType }) => {
      if (isType || takes.get(local) !== 'value') return [];
      const path = declaringModule({ path: to, name }, modules) ?? to;
      const id = modules.get(path)?.exports.get(name);
      const top = modules.get(path)?.topLevels.find((one) => one.id === id);
      return top === undefined ? [] : [{ top, path, line }];
    });
  });
}

function leadsTo(start: Standing, { id, modules }: { readonly id: string; readonly modules: Modules }): boolean {
  const all = new Map<string, Standing>([[start.top.id, start]]);
  for (const { top, path } of all.values()) {
    if (top.id === id) return true;
    const shape = modules.get(path);
    if (shape === undefined) continue;
    for (const other of shape.topLevels) {
      if (top.needs.get(other.id) === 'value' && !all.has(other.id)) all.set(other.id, { top: other, path });
    }
    for (const other of takenBy(top, { shape, modules })) if (!all.has(other.top.id)) all.set(other.top.id, other);
  }
  return false;
}
