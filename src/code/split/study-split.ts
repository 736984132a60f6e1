import { fail } from '#core/error';
import { nearestNames } from '#core/nearest-names';
import type { SourceTree } from '../engine/recipe-run.ts';
import { strongComponents } from '../graph/strong-components.ts';
import { asItIs, type Layout, loadGraph } from './layout.ts';
import type { ModuleShape, TopLevel } from './module-shape.ts';
import { type OpenModules, type OpenOptions, openModules } from './open-modules.ts';
import { outsideHolds } from './outside-holds.ts';
import { type SplitWish, wrongSplit } from './split-wish.ts';
import { type LayoutStudy, studyLayout } from './study-layout.ts';
import { isNeededIn, withPrivate } from './with-private.ts';
import type { LayoutObstacle } from './write-layout.ts';

/** What goes where. */
export type SplitPart = {
  readonly wish: SplitWish;
  readonly moved: readonly TopLevel[];
  /** Private ones that go along, since nothing else needs them. */
  readonly along: readonly TopLevel[];
};

export type SplitStudy = {
  readonly parts: readonly SplitPart[];
  readonly study: LayoutStudy;
  readonly open: OpenModules;
};

export type SplitOptions = OpenOptions & { readonly keepsOldNames: boolean };

/** Reads the tree, and proves what splits come to. Reads only. Throws `bad-input` and `name-taken`. */
export async function studySplit(
  wishes: readonly SplitWish[],
  tree: SourceTree,
  { root, signal, keepsOldNames }: SplitOptions,
): Promise<SplitStudy> {
  const open = await openModules(tree, { root, signal });
  const parts = wishes.map((wish) => partOf(wish, open));
  const moved = new Map<string, string>();
  for (const { wish, moved: named, along } of parts) {
    for (const one of [...named, ...along]) {
      if (moved.has(one.id)) throw wrongSplit(wish.text, twice(one));
      moved.set(one.id, wish.to);
    }
  }
  const layout: Layout = { ...asItIs, moved, keepsOldNames };
  const study = await studyLayout(open, layout, signal);
  const obstacles = [...heldOnes(parts, { open, keepsOldNames }), ...newCycles(open, layout), ...study.obstacles];
  return { parts, study: { ...study, obstacles }, open };
}

function twice({ names }: TopLevel) {
  return { why: `${names.join(', ')} would go to two modules.`, next: 'Name it in one of the wishes.' };
}

function partOf(wish: SplitWish, { modules, paths }: OpenModules): SplitPart {
  const { text, file, names, to } = wish;
  const shape = modules.get(file);
  if (shape === undefined)
    throw wrongSplit(text, {
      why: `git tracks no module ${file} here.`,
      next: 'Name the file by its path from the root of the tree.',
    });
  if (paths.includes(to)) {
    throw fail('name-taken', {
      what: `\`${text}\` cannot be split so.`,
      why: `${to} is there already; declarations are not put into a module that is there.`,
      next: 'Name a new file, or put them there by hand.',
    });
  }
  const ending = (path: string): string => /\.[^./]+$/.exec(path)?.[0] ?? '';
  if (ending(to) !== ending(file) || to.startsWith('../') || to.startsWith('/'))
    throw wrongSplit(text, {
      why: `${to} is no module of the tree that ends in ${ending(file)}.`,
      next: 'Name a new file with the ending of the old one.',
    });
  const moved = names.map((name) => declared(name, { shape, wish }));
  const wanted = new Set(moved.map(({ id }) => id));
  const along = shape.topLevels.filter(({ id }) => !wanted.has(id) && withPrivate(wanted, shape).has(id));
  return { wish, moved: shape.topLevels.filter(({ id }) => wanted.has(id)), along };
}

function declared(name: string, { shape, wish }: { readonly shape: ModuleShape; readonly wish: SplitWish }): TopLevel {
  const found = shape.topLevels.find(({ names }) => names.includes(name));
  if (found !== undefined) return found;
  const known = shape.topLevels.flatMap(({ names }) => names);
  const near = nearestNames(name, known);
  throw wrongSplit(wish.text, {
    why: `${wish.file} declares no ${name}.${near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`}`,
    next: 'Name what stands at the top level of the file, as it is declared there.',
  });
}

type Holding = { readonly open: OpenModules; readonly keepsOldNames: boolean };

function heldOnes(parts: readonly SplitPart[], { open, keepsOldNames }: Holding): readonly LayoutObstacle[] {
  const holds = keepsOldNames ? new Map<string, string>() : outsideHolds(open);
  return parts.flatMap(({ wish, moved, along }) => {
    const shape = open.modules.get(wish.file);
    if (shape === undefined) return [];
    const at = (one: TopLevel, why: string): LayoutObstacle => ({ file: wish.file, line: one.line, why });
    const all = new Set([...moved, ...along].map(({ id }) => id));
    const shared = shape.topLevels.filter((one) => !all.has(one.id) && !one.isExported && isNeededIn(one, all, shape));
    return [
      ...[...moved, ...along].flatMap((one) => {
        const why = one.held ?? holds.get(one.id);
        return why === undefined ? [] : [at(one, `${one.names.join(', ')} stays where it is: ${why}`)];
      }),
      ...shared.map((one) =>
        at(
          one,
          `${one.names.join(', ') || 'a statement'} is private and needed on both sides: name it as well, or export it`,
        ),
      ),
    ];
  });
}

function newCycles({ modules }: OpenModules, layout: Layout): readonly LayoutObstacle[] {
  const known = new Set(strongComponents(loadGraph(modules.keys(), modules, asItIs)).map((all) => all.join()));
  const fresh = new Set(layout.moved.values());
  return strongComponents(loadGraph(modules.keys(), modules, layout))
    .filter((all) => !known.has(all.join()) && all.some((path) => fresh.has(path)))
    .map((all) => {
      const file = all.find((path) => !fresh.has(path)) ?? all[0] ?? '';
      return {
        file,
        line: 1,
        why: `it would be in a cycle of imports with ${all.filter((one) => one !== file).join(', ')}`,
      };
    });
}
