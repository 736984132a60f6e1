import { declaringModule, type Modules } from '../split/layout.ts';
import type { ModuleShape, TopLevel } from '../split/module-shape.ts';
import type { Cut, CutWorld } from './cut.ts';

/** Where a top level stands above what it needs, and whether it has to stay in its module. */
export type Standing = { readonly layer: number; readonly isFixed: boolean };

/** `needed` stands below `user`: strictly, where they are of different modules. */
type Need = { readonly user: string; readonly needed: string; readonly isOwn: boolean };

/**
 * The lowest layer of each top level of some modules such that it stands above all that it needs of other modules when it runs,
 * and not below what it needs of its own. What cannot leave its module stands in one layer with all the rest of it that cannot.
 * Undefined where there are no such layers. The longest path in a graph; it takes at most a round for each top level. Pure.
 */
export function layersOf(
  component: readonly string[],
  left: Cut['left'],
  { modules, holds }: Pick<CutWorld, 'modules' | 'holds'>,
): ReadonlyMap<string, Standing> | undefined {
  const own = new Set(component);
  const shapes = component.flatMap((path) => modules.get(path) ?? []);
  const isFixed = (one: TopLevel): boolean => one.held !== undefined || holds.has(one.id) || one.runs;
  const needs = shapes.flatMap((shape) => needsOf(shape, { own, left, modules }));
  const tied = new Map<string, string>();
  for (const { path, topLevels } of shapes) for (const one of topLevels) if (isFixed(one)) tied.set(one.id, path);
  const layers = new Map<string, number>();
  const layerOf = (id: string): number => layers.get(tied.get(id) ?? id) ?? 0;
  const roundsMax = shapes.reduce((sum, { topLevels }) => sum + topLevels.length + 1, 1);
  for (let round = 0; round <= roundsMax; round += 1) {
    let isStable = true;
    for (const { user, needed, isOwn } of needs) {
      const least = layerOf(needed) + (isOwn ? 0 : 1);
      if (layerOf(user) >= least) continue;
      layers.set(tied.get(user) ?? user, least);
      isStable = false;
    }
    if (!isStable) continue;
    const all = shapes.flatMap(({ topLevels }) => topLevels);
    raisePrivate(all, { needs, tied, layers });
    return new Map(all.map((one) => [one.id, { layer: layerOf(one.id), isFixed: isFixed(one) }]));
  }
  return undefined;
}

type Raising = {
  readonly needs: readonly Need[];
  readonly tied: ReadonlyMap<string, string>;
  readonly layers: Map<string, number>;
};

/** What is private goes up to the lowest of those that need it, the last ones first: one that moves takes it along. */
function raisePrivate(all: readonly TopLevel[], { needs, tied, layers }: Raising): void {
  const layerOf = (id: string): number => layers.get(tied.get(id) ?? id) ?? 0;
  const free = all.filter(({ id, isExported }) => !isExported && !tied.has(id));
  for (const _ of free) {
    for (const { id } of free) {
      const users = needs.filter(({ needed }) => needed === id).map(({ user }) => layerOf(user));
      if (users.length > 0) layers.set(id, Math.min(...users));
    }
  }
}

type Among = { readonly own: ReadonlySet<string>; readonly left: Cut['left']; readonly modules: Modules };

/** A module itself, by its path, stands for what it does when it is loaded, and for names that cannot be followed. */
function needsOf(shape: ModuleShape, { own, left, modules }: Among): readonly Need[] {
  const { path, topLevels, links, passedOn } = shape;
  const inside = topLevels.flatMap(({ id, needs }) =>
    [...needs].flatMap(([needed, strength]): readonly Need[] =>
      strength === 'value' ? [{ user: id, needed, isOwn: true }] : [],
    ),
  );
  const isLeft = (to: string): boolean => left.some((one) => one.from === path && one.to === to);
  const outside = links.flatMap(({ kind, when, to, taken }) => {
    if (when !== 'load' || !own.has(to)) return [];
    if (kind === 'whole' || taken.length === 0) return [{ user: path, needed: to, isOwn: false }];
    return taken.flatMap(({ local, name, isType }) => {
      if (isType) return [];
      const needed = declaredAs({ path: to, name }, { own, modules });
      const home = needed.replace(/#[^#]*$/, '');
      if (isLeft(to) || isLeft(home) || needed === '') return [];
      const takers = topLevels.filter(({ takes }) => takes.get(local) === 'value').map(({ id }) => id);
      const users = kind === 'export' || passedOn.has(local) ? [path, ...takers] : takers;
      return users.map((user): Need => ({ user, needed, isOwn: home === path }));
    });
  });
  return [...inside, ...outside];
}

/** The id of a top level of these modules, the path of the module that passes it on, or nothing for what is declared elsewhere. */
function declaredAs(
  { path, name }: { readonly path: string; readonly name: string },
  { own, modules }: Omit<Among, 'left'>,
): string {
  const declared = declaringModule({ path, name }, modules);
  if (declared === undefined) return path;
  if (!own.has(declared)) return '';
  return modules.get(declared)?.exports.get(name) ?? path;
}
