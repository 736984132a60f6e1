import { strongComponents } from '../graph/strong-components.ts';
import type { Layout } from '../split/layout.ts';
import type { Link } from '../split/module-shape.ts';
import type { Cut, CutWorld, Remedy } from './cut.ts';
import { layersOf, type Standing } from './layers-of.ts';
import { pathForMoved } from './new-module-path.ts';
import { openGraph } from './open-graph.ts';

/** Part of a module that gets a path of its own. */
type Block = { readonly path: string; readonly ids: readonly string[] };

/**
 * A cut that is there whenever declarations can be laid out without a cycle at all: each stands one layer above what it needs
 * of other modules, and what of a module is not in the layer of most of it moves. Then all that need not move comes back, one
 * block and one declaration at a time, so that few do. Undefined where what cannot move leads round.
 */
export function layeredCut(component: readonly string[], left: Cut['left'], world: CutWorld): Cut | undefined {
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
    return (
      strongComponents(openGraph(component, { layout, left }, world)).length === 0 &&
      knowsItsOwn(component, layout, world)
    );
  };
  if (!fits(whole)) return undefined;
  const layout = namedAnew(smallest(whole, fits), component, world);
  return { layout, left, remedies: remediesOf(layout, links) };
}

/** What moves of each module, by layer: all but the layer with what cannot move, else the one with the most. */
function blocksOf(
  component: readonly string[],
  layers: ReadonlyMap<string, Standing>,
  { modules, hasPath }: CutWorld,
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
      const isTaken = (one: string): boolean => hasPath(one) || taken.has(one);
      const fresh = pathForMoved(path, tops, { modules: modules.keys(), isTaken });
      taken.add(fresh);
      return { path: fresh, ids };
    });
  });
}

/** True where what moves needs nothing private that stays: it could not be imported. */
function knowsItsOwn(component: readonly string[], { moved }: Layout, { modules }: CutWorld): boolean {
  return component.every((path) => {
    const tops = modules.get(path)?.topLevels ?? [];
    const isPrivate = new Set(tops.flatMap(({ id, isExported }) => (isExported || moved.has(id) ? [] : [id])));
    return tops.every(({ id, needs }) => !moved.has(id) || [...needs.keys()].every((one) => !isPrivate.has(one)));
  });
}

/** New modules are named after what moves in the end. */
function namedAnew(layout: Layout, component: readonly string[], { modules, hasPath }: CutWorld): Layout {
  const names = new Map<string, string>();
  for (const path of new Set(layout.moved.values())) {
    const isTaken = (one: string): boolean => hasPath(one) || [...names.values()].includes(one);
    const from = component.find((one) => modules.get(one)?.topLevels.some(({ id }) => layout.moved.get(id) === path));
    const tops = from === undefined ? [] : (modules.get(from)?.topLevels ?? []);
    const moved = tops.filter(({ id }) => layout.moved.get(id) === path);
    names.set(path, from === undefined ? path : pathForMoved(from, moved, { modules: modules.keys(), isTaken }));
  }
  return { ...layout, moved: new Map([...layout.moved].map(([id, path]) => [id, names.get(path) ?? path])) };
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
