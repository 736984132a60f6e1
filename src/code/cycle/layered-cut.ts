import { strongComponents } from '../graph/strong-components.ts';
import { folderPath } from '../search-text.ts';
import { type Layout, loadGraph, type Modules } from '../split/layout.ts';
import type { Link } from '../split/module-shape.ts';
import type { Cut, Remedy } from './cut.ts';
import { layersOf, type Standing } from './layers-of.ts';
import { newModulePath } from './new-module-path.ts';

export type LayeredWorld = {
  readonly modules: Modules;
  readonly holds: ReadonlyMap<string, string>;
  readonly hasPath: (path: string) => boolean;
  readonly signal: AbortSignal;
};

/** Part of a module that gets a path of its own. */
type Block = { readonly path: string; readonly ids: readonly string[] };

/**
 * A cut that is there whenever declarations can be laid out without a cycle at all: each stands one layer above what it needs
 * of other modules, and what of a module is not in the layer of most of it moves. Then all that need not move comes back, one
 * block and one declaration at a time, so that few do. Undefined where what cannot move leads round.
 */
export function layeredCut(component: readonly string[], left: Cut['left'], world: LayeredWorld): Cut | undefined {
  const layers = layersOf(component, left, world);
  if (layers === undefined) return undefined;
  const links = component.flatMap((path) => world.modules.get(path)?.links ?? []).filter(({ when }) => when === 'load');
  const typed = links.filter(({ kind, from }) => kind === 'import' && /\.([cm]?ts|tsx)$/.test(from));
  const moved = blocksOf(component, layers, world).flatMap(({ path, ids }) => ids.map((id) => [id, path] as const));
  const whole: Layout = {
    typed: new Set(typed.map(({ id }) => id)),
    direct: new Set(links.filter(({ kind }) => kind !== 'whole').map(({ id }) => id)),
    moved: new Map(moved),
    keepsOldNames: false,
  };
  const fits = (layout: Layout): boolean => {
    world.signal.throwIfAborted();
    return isWithout(component, left, { layout, world }) && knowsItsOwn(component, layout, world);
  };
  if (!fits(whole)) return undefined;
  const layout = smallest(whole, fits);
  return { layout, left, remedies: remediesOf(layout, links) };
}

/** What moves of each module, by layer: all but the layer with what cannot move, else the one with the most. */
function blocksOf(
  component: readonly string[],
  layers: ReadonlyMap<string, Standing>,
  { modules, hasPath }: LayeredWorld,
): readonly Block[] {
  const taken = new Set<string>();
  return component.flatMap((path) => {
    const byLayer = new Map<number, { ids: string[]; isFixed: boolean }>();
    for (const { id } of modules.get(path)?.topLevels ?? []) {
      const standing = layers.get(id);
      if (standing === undefined) continue;
      const known = byLayer.get(standing.layer) ?? { ids: [], isFixed: false };
      byLayer.set(standing.layer, { ids: [...known.ids, id], isFixed: known.isFixed || standing.isFixed });
    }
    const ranked = [...byLayer.values()].sort(
      (one, other) => Number(other.isFixed) - Number(one.isFixed) || other.ids.length - one.ids.length,
    );
    return ranked.slice(1).map(({ ids }): Block => {
      const tops = (modules.get(path)?.topLevels ?? []).filter(({ id }) => ids.includes(id));
      const first = tops.find(({ isExported }) => isExported) ?? tops[0];
      const neighbours = [...modules.keys()].filter((one) => folderPath(one) === folderPath(path));
      const fresh = newModulePath(path, first?.names[0] ?? 'part', {
        neighbours,
        isTaken: (one) => hasPath(one) || taken.has(one),
      });
      taken.add(fresh);
      return { path: fresh, ids };
    });
  });
}

type Laid = { readonly layout: Layout; readonly world: LayeredWorld };

function isWithout(component: readonly string[], left: Cut['left'], { layout, world }: Laid): boolean {
  const graph = loadGraph(component, world.modules, layout);
  const open = [...graph].map(
    ([from, all]) => [from, all.filter((to) => !left.some((one) => one.from === from && one.to === to))] as const,
  );
  return strongComponents(new Map(open)).length === 0;
}

/** True where what moves needs nothing private that stays: it could not be imported. */
function knowsItsOwn(component: readonly string[], { moved }: Layout, { modules }: LayeredWorld): boolean {
  return component.every((path) => {
    const tops = modules.get(path)?.topLevels ?? [];
    const isPrivate = new Set(tops.flatMap(({ id, isExported }) => (isExported || moved.has(id) ? [] : [id])));
    return tops.every(({ id, needs }) => !moved.has(id) || [...needs.keys()].every((one) => !isPrivate.has(one)));
  });
}

/** Takes back what a layout does, piece by piece, as long as it fits: whole blocks, declarations, blocks that can be one, links. */
function smallest(whole: Layout, fits: (layout: Layout) => boolean): Layout {
  let layout = whole;
  const attempt = (moved: ReadonlyMap<string, string>): void => {
    const fewer = { ...layout, moved };
    if (fits(fewer)) layout = fewer;
  };
  const paths = [...new Set(whole.moved.values())];
  for (const path of paths) attempt(new Map([...layout.moved].filter(([, to]) => to !== path)));
  for (const id of whole.moved.keys()) {
    if (layout.moved.has(id)) attempt(new Map([...layout.moved].filter(([one]) => one !== id)));
  }
  for (const [at, into] of paths.entries()) {
    for (const path of paths.slice(at + 1)) {
      const own = (to: string) => [...layout.moved].find(([, one]) => one === to)?.[0].replace(/#[^#]*$/, '');
      if (own(into) !== undefined && own(into) === own(path))
        attempt(new Map([...layout.moved].map(([id, to]) => [id, to === path ? into : to])));
    }
  }
  for (const kind of ['direct', 'typed'] as const) {
    for (const link of whole[kind]) {
      const fewer = { ...layout, [kind]: new Set([...layout[kind]].filter((one) => one !== link)) };
      if (fits(fewer)) layout = fewer;
    }
  }
  return layout;
}

function remediesOf({ typed, direct, moved }: Layout, links: readonly Link[]): readonly Remedy[] {
  return links.flatMap(({ id, from, to }): readonly Remedy[] => [
    ...(typed.has(id) ? [{ kind: 'type-import' as const, link: id, from, to, moved: new Map() }] : []),
    ...(direct.has(id) ? [{ kind: 'direct-import' as const, link: id, from, to, moved }] : []),
  ]);
}
