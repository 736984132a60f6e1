import type { Followers } from '../graph/strong-components.ts';
import type { Link, ModuleShape, Strength, Taken, TopLevel } from './module-shape.ts';

/** The modules of a tree by path. */
export type Modules = ReadonlyMap<string, ModuleShape>;

/** How modules are to be laid out otherwise than they are. */
export type Layout = {
  /** Links whose names are written apart where they are used as types alone, by id. */
  readonly typed: ReadonlySet<string>;
  /** Links that go straight to where their names are declared, by id. */
  readonly direct: ReadonlySet<string>;
  /** Top levels that go to a new module, by id, with its path. */
  readonly moved: ReadonlyMap<string, string>;
  /** True where a module passes on what has left it. */
  readonly keepsOldNames: boolean;
};

export const asItIs: Layout = { typed: new Set(), direct: new Set(), moved: new Map(), keepsOldNames: false };

/** Names that a module takes from another one, after a layout: `holder` is the module, or the new one for what leaves it. */
export type Part = {
  readonly holder: string;
  readonly target: string;
  readonly isType: boolean;
  readonly taken: readonly Taken[];
};

/** What becomes of a link: one part, where nothing changes; more, where its names part company; none, where nobody is left. Pure. */
export function partsOf(link: Link, modules: Modules, layout: Layout): readonly Part[] {
  const { from, to, kind, taken, id } = link;
  if (kind === 'whole') return [{ holder: from, target: to, isType: link.when === 'type', taken }];
  const shape = modules.get(from);
  const parts = new Map<string, { part: Omit<Part, 'taken'>; taken: Taken[] }>();
  const add = (part: Omit<Part, 'taken'>, one: Taken): void => {
    const key = `${part.holder}\n${part.target}\n${part.isType}`;
    const known = parts.get(key) ?? { part, taken: [] };
    known.taken.push(one);
    parts.set(key, known);
  };
  for (const one of taken) {
    const target = targetOf({ path: to, name: one.name }, { modules, layout, isDirect: layout.direct.has(id) });
    const written = link.when === 'type';
    for (const [holder, strength] of holdersOf(one, { link, shape, layout })) {
      const isOwn = holder === from;
      const mayBeType = layout.typed.has(id) || !isOwn;
      const isType = written || (mayBeType && kind === 'import' && (strength === 'type' || one.isType));
      add({ holder, target, isType }, one);
    }
    const gone =
      kind === 'export' && one.local === '*' && !layout.keepsOldNames ? goneFrom(to, { modules, layout }) : [];
    for (const { name, isType, target: fresh } of gone)
      add({ holder: from, target: fresh, isType: isType || written }, { local: name, name, isType: false });
  }
  return [...parts.values()].map(({ part, taken: names }) => ({ ...part, taken: names }));
}

type Held = { readonly link: Link; readonly shape: ModuleShape | undefined; readonly layout: Layout };

/** The modules in which a name is used afterwards, and how strongly. What nobody uses stays where it is. */
function holdersOf(one: Taken, { link, shape, layout }: Held): ReadonlyMap<string, Strength> {
  if (link.kind === 'export' || shape === undefined) return new Map([[link.from, 'value']]);
  const users = shape.topLevels.filter(({ takes }) => takes.has(one.local));
  const isPassedOn = shape.passedOn.has(one.local);
  const holders = new Map<string, Strength>();
  for (const { id, takes } of users) {
    const holder = layout.moved.get(id) ?? link.from;
    if (holders.get(holder) !== 'value') holders.set(holder, takes.get(one.local) ?? 'value');
  }
  if (isPassedOn) holders.set(link.from, 'value');
  return users.length === 0 && !isPassedOn ? new Map([[link.from, 'type']]) : holders;
}

type Named = { readonly path: string; readonly name: string };
type Looking = { readonly modules: Modules; readonly layout: Layout; readonly isDirect: boolean };

/** The module that a name comes from after a layout; straight means the one that declares it, where that is known. Pure. */
export function targetOf({ path, name }: Named, { modules, layout, isDirect }: Looking): string {
  const id = modules.get(path)?.exports.get(name);
  const moved = id === undefined ? undefined : layout.moved.get(id);
  if (moved !== undefined && !layout.keepsOldNames) return moved;
  if (!isDirect || id !== undefined) return moved ?? path;
  const declared = declaringModule({ path, name }, modules);
  if (declared === undefined) return path;
  const own = modules.get(declared)?.exports.get(name);
  return (own === undefined ? undefined : layout.moved.get(own)) ?? declared;
}

/** The module that declares what another one only passes on under the same name; undefined where that is not plain. Pure. */
export function declaringModule(
  { path, name }: Named,
  modules: Modules,
  seen: ReadonlySet<string> = new Set(),
): string | undefined {
  const shape = modules.get(path);
  if (shape === undefined || name === '*' || name === 'default' || seen.has(path)) return undefined;
  if (shape.exports.has(name)) return path;
  const known = new Set([...seen, path]);
  const passing = shape.links.filter(({ kind }) => kind === 'export');
  const named = passing.find(({ taken }) => taken.some(({ local }) => local === name && local !== '*'));
  if (named !== undefined) {
    const isSame = named.taken.some((one) => one.local === name && one.name === name);
    return isSame ? declaringModule({ path: named.to, name }, modules, known) : undefined;
  }
  const found = passing
    .filter(({ taken }) => taken.some(({ local, name: own }) => local === '*' && own === '*'))
    .map(({ to }) => declaringModule({ path: to, name }, modules, known))
    .filter((one) => one !== undefined);
  return new Set(found).size === 1 ? found[0] : undefined;
}

type Gone = { readonly name: string; readonly isType: boolean; readonly target: string };

/** Exports that have left a module. */
function goneFrom(path: string, { modules, layout }: Omit<Looking, 'isDirect'>): readonly Gone[] {
  const shape = modules.get(path);
  return [...(shape?.exports ?? [])].flatMap(([name, id]) => {
    const target = layout.moved.get(id);
    const one = shape?.topLevels.find((top) => top.id === id);
    return target === undefined || one === undefined ? [] : [{ name, isType: one.isType, target }];
  });
}

/** What top levels need of others that stand in another module after a layout, in the order of the text. */
export type OwnNeed = {
  readonly holder: string;
  readonly target: string;
  readonly needed: TopLevel;
  readonly strength: Strength;
};

/** Needs within a module that a layout makes imports of. Pure. */
export function ownNeeds({ path, topLevels }: ModuleShape, { moved }: Pick<Layout, 'moved'>): readonly OwnNeed[] {
  if (!topLevels.some(({ id }) => moved.has(id))) return [];
  const byId = new Map(topLevels.map((one) => [one.id, one]));
  const found = new Map<string, OwnNeed>();
  for (const { id, needs } of topLevels) {
    for (const [other, strength] of needs) {
      const [holder, target] = [moved.get(id) ?? path, moved.get(other) ?? path];
      const needed = byId.get(other);
      if (holder === target || needed === undefined) continue;
      const key = `${holder}\n${other}`;
      if (found.get(key)?.strength !== 'value') found.set(key, { holder, target, needed, strength });
    }
  }
  return [...found.values()];
}

/** Which modules are run before a module is, in that order, after a layout; of one type also those that are needed for types. Pure. */
export function loadGraph(paths: Iterable<string>, modules: Modules, layout: Layout): Followers {
  const graph = new Map<string, string[]>();
  const lead = (from: string, to: string): void => {
    const all = graph.get(from) ?? [];
    if (from !== to && !all.includes(to)) all.push(to);
    graph.set(from, all);
  };
  for (const path of paths) {
    const shape = modules.get(path);
    if (shape === undefined) continue;
    lead(path, path);
    for (const link of shape.links) {
      if (link.when !== 'load') continue;
      for (const { holder, target, isType } of partsOf(link, modules, layout)) if (!isType) lead(holder, target);
    }
    for (const { holder, target, strength } of ownNeeds(shape, layout)) if (strength === 'value') lead(holder, target);
    if (!layout.keepsOldNames) continue;
    for (const { target, isType } of goneFrom(path, { modules, layout })) if (!isType) lead(path, target);
  }
  return graph;
}
