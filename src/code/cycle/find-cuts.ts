import { setImmediate } from 'node:timers/promises';
import { shortestCycle, strongComponents } from '../graph/strong-components.ts';
import { asItIs, type Layout, loadGraph } from '../split/layout.ts';
import type { Cut, CutWorld, Held, Remedy } from './cut.ts';
import { layeredCut } from './layered-cut.ts';
import { needEachOther } from './need-each-other.ts';
import { openGraph } from './open-graph.ts';
import { remediesFor } from './remedies.ts';
import { touchedBy, type Users, usersOf } from './touched-by.ts';

/** The cheapest cuts of a component, the best first, and why links of it cannot be cut. */
export type Cuts = { readonly cuts: readonly Cut[]; readonly held: readonly Held[]; readonly isBounded: boolean };

/** So many states are looked at with all their ways on; after that only the best way is followed. */
const widelyMax = 400;
const statesMax = 1_200;
const cutsMax = 4;
/** What leaving a cycle costs: more than any move. */
const leftCost = 1_000_000;
const movedCost = 1_000;

/**
 * Searches the fewest moves that end every cycle of a component. A state is a layout; its ways on are what cuts a link of one
 * of its shortest cycles, one of which every solution has to do. The cheapest state comes first, so that the first one without a
 * cycle is the best. A cycle that nothing cuts is left, and named; of those by declarations that need each other no cut is looked for.
 */
export async function findCuts(component: readonly string[], world: CutWorld): Promise<Cuts> {
  const held = new Map<string, Held>();
  const users = usersOf(world.modules);
  const rings = needEachOther(new Set(component), world.modules);
  const start: Cut = { layout: asItIs, remedies: [], left: pairsOf(rings) };
  const open: Cut[] = [start];
  const known = new Set<string>();
  const cuts: Cut[] = [];
  let looked = 0;
  while (looked < statesMax && cuts.length < cutsMax) {
    const state = open.shift();
    if (state === undefined) break;
    looked += 1;
    if (looked % 20 === 0) await setImmediate();
    world.signal.throwIfAborted();
    const graph = openGraph(component, state, world);
    const [first] = strongComponents(graph);
    if (first === undefined) {
      cuts.push(pruned(state, component, world));
      continue;
    }
    const next = waysOn(state, shortestCycle(graph, first), { world, held }).filter((one) => isFresh(one, known));
    const mayLeave = cuts.length === 0;
    insert(
      open,
      next.filter(({ left }) => mayLeave || left.length === start.left.length),
      users,
    );
    if (looked > widelyMax) open.splice(cuts.length === 0 ? 1 : 0);
  }
  const layered = layeredCut(component, start.left, world);
  const best = distinct([...cuts, ...(layered === undefined ? [] : [layered])], users);
  return { cuts: best, held: heldIn(component, { held, best: best[0], world }), isBounded: looked > widelyMax };
}

function pairsOf(held: readonly Held[]): Cut['left'] {
  const pairs = new Map(held.map(({ from, to }) => [`${from}>${to}`, { from, to }]));
  return [...pairs.values()];
}

type Left = { readonly held: ReadonlyMap<string, Held>; readonly best: Cut | undefined; readonly world: CutWorld };

/** Why links between the modules stay that are in a cycle after the best cut still. */
function heldIn(component: readonly string[], { held, best, world }: Left): readonly Held[] {
  const graph = loadGraph(component, world.modules, best?.layout ?? asItIs);
  const left = new Set(strongComponents(graph).flat());
  for (const [id, path] of best?.layout.moved ?? []) if (left.has(path)) left.add(id.slice(0, id.lastIndexOf('#')));
  const stays = [...held.values()].filter(({ from, to }) => left.has(from) && left.has(to));
  const all = new Map(
    [...needEachOther(left, world.modules), ...stays].map((one) => [`${one.file}:${one.line} ${one.why}`, one]),
  );
  return [...all.values()].toSorted((one, other) =>
    one.file === other.file ? one.line - other.line : one.file < other.file ? -1 : 1,
  );
}

type Ways = { readonly world: CutWorld; readonly held: Map<string, Held> };

function waysOn(state: Cut, cycle: readonly string[], { world, held }: Ways): readonly Cut[] {
  const pairs = cycle.map((from, at) => ({ from, to: cycle[(at + 1) % cycle.length] ?? from }));
  const ways = pairs.flatMap(({ from, to }) => {
    const links = (world.modules.get(from)?.links ?? []).filter(
      (link) => link.when === 'load' && (link.to === to || state.layout.direct.has(link.id)),
    );
    return links.flatMap((link) => {
      const found = remediesFor(link, { ...world, layout: state.layout });
      for (const one of found.held) held.set(`${one.file}:${one.line} ${one.why}`, one);
      return found.remedies.map((remedy) => extended(state, remedy));
    });
  });
  return [...ways, ...pairs.map((pair) => ({ ...state, left: [...state.left, pair] }))];
}

/** What moves takes its types with it as types; a link that is cut has its types written apart. */
function extended(state: Cut, remedy: Remedy): Cut {
  const { kind, link, moved } = remedy;
  const { typed, direct } = state.layout;
  return {
    ...state,
    remedies: [...state.remedies, remedy],
    layout: {
      ...state.layout,
      typed: kind === 'direct-import' ? typed : new Set([...typed, link]),
      direct: kind === 'direct-import' ? new Set([...direct, link]) : direct,
      moved: new Map([...state.layout.moved, ...moved]),
    },
  };
}

/** What a cut costs: moves before links, and a cycle that is left before both. */
export function costOf({ layout, left }: Cut): number {
  return left.length * leftCost + layout.moved.size * movedCost + layout.typed.size + layout.direct.size;
}

function keyOf({ layout, left }: Cut): string {
  const sorted = (all: Iterable<string>): string => [...all].sort().join();
  const pairs = sorted(left.map(({ from, to }) => `${from}>${to}`));
  return [sorted(layout.typed), sorted(layout.direct), sorted(layout.moved.keys()), pairs].join('|');
}

function isFresh(one: Cut, known: Set<string>): boolean {
  const key = keyOf(one);
  return !known.has(key) && known.add(key).size > 0;
}

/** The cheapest first; of those that cost the same the one that touches the fewest files, then by path. */
function inOrder(cuts: readonly Cut[], users: Users): Cut[] {
  const ranked = cuts.map((cut) => ({
    cut,
    cost: costOf(cut),
    touched: touchedBy(cut.layout, users),
    key: keyOf(cut),
  }));
  ranked.sort((one, other) => one.cost - other.cost || one.touched - other.touched || (one.key < other.key ? -1 : 1));
  return ranked.map(({ cut }) => cut);
}

function insert(open: Cut[], fresh: readonly Cut[], users: Users): void {
  open.splice(0, open.length, ...inOrder([...open, ...fresh], users));
}

/** A remedy that the later ones made needless is taken out again. */
function pruned(cut: Cut, component: readonly string[], world: CutWorld): Cut {
  let best = cut;
  for (const one of cut.remedies) {
    const rest = best.remedies.filter((other) => other !== one);
    const fewer = rest.reduce<Cut>(extended, { layout: asItIs, remedies: [], left: best.left });
    const graph = openGraph(component, fewer, world);
    if (strongComponents(graph).length === 0) best = fewer;
  }
  return best;
}

/** Without those that do what a cheaper one does, and more. */
function distinct(cuts: readonly Cut[], users: Users): readonly Cut[] {
  const ordered = inOrder(cuts, users);
  return ordered.filter((cut, at) => !ordered.slice(0, at).some((cheaper) => isPartOf(cheaper, cut)));
}

function isPartOf({ layout, left }: Cut, cut: Cut): boolean {
  const bare = (one: Cut): string => keyOf({ ...one, layout: { ...one.layout, typed: new Set() } });
  return (
    bare({ layout, left, remedies: [] }) === bare(cut) && [...layout.typed].every((id) => cut.layout.typed.has(id))
  );
}

/** Two layouts of different components as one. Pure. */
export function joinLayouts(layouts: readonly Layout[]): Layout {
  return {
    typed: new Set(layouts.flatMap(({ typed }) => [...typed])),
    direct: new Set(layouts.flatMap(({ direct }) => [...direct])),
    moved: new Map(layouts.flatMap(({ moved }) => [...moved])),
    keepsOldNames: false,
  };
}
