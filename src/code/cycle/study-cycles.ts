import { fail } from '#core/error';
import type { SourceTree } from '../engine/recipe-run.ts';
import { asItIs, type Layout } from '../split/layout.ts';
import { type OpenModules, type OpenOptions, openModules } from '../split/open-modules.ts';
import { outsideHolds } from '../split/outside-holds.ts';
import { type LayoutStudy, studyLayout } from '../split/study-layout.ts';
import type { LayoutObstacle } from '../split/write-layout.ts';
import type { Cut, Held } from './cut.ts';
import { findCuts, joinLayouts } from './find-cuts.ts';
import { type ImportCycle, importCycles } from './import-cycles.ts';

/** A cycle that is there when the program runs, with the cut that is proposed. */
export type CycleStudy = {
  readonly cycle: ImportCycle;
  /** Undefined where nothing cuts it, or no cut could be proved. */
  readonly cut: Cut | undefined;
  readonly others: readonly Cut[];
  /** Why links of it cannot be cut. */
  readonly held: readonly Held[];
  /** Why cuts that were found could not be made. */
  readonly refused: readonly LayoutObstacle[];
  readonly isBounded: boolean;
};

export type CyclesStudy = {
  readonly cycles: readonly ImportCycle[];
  readonly studied: readonly CycleStudy[];
  readonly study: LayoutStudy;
  readonly open: OpenModules;
};

export type CyclesOptions = OpenOptions & {
  /** Cut only cycles with one of these modules; all where there is none. */
  readonly only: readonly string[];
};

/** Finds the cycles of a tree, and for each the cheapest cut that can be proved. Reads only. Throws `bad-input`. */
export async function studyCycles(tree: SourceTree, { root, signal, only }: CyclesOptions): Promise<CyclesStudy> {
  const open = await openModules(tree, { root, signal });
  const cycles = importCycles(open.modules);
  const wanted = cycles.filter(
    ({ kind, modules }) => kind === 'load' && (only.length === 0 || only.some((path) => modules.includes(path))),
  );
  for (const path of only) checkNamed(path, cycles, open);
  const holds = outsideHolds(open);
  const taken = new Set(open.paths);
  const studied: CycleStudy[] = [];
  for (const cycle of wanted) {
    const found = await findCuts(cycle.modules, { ...open, holds, hasPath: (path) => taken.has(path), signal });
    for (const { layout } of found.cuts) for (const path of layout.moved.values()) taken.add(path);
    const [best, ...rest] = found.cuts;
    const cut = best === undefined || isAsItIs(best) ? undefined : best;
    const others = rest.filter((one) => !isAsItIs(one) && one.left.length === best?.left.length);
    studied.push({ cycle, cut, others, held: found.held, refused: [], isBounded: found.isBounded });
  }
  const all = await studyLayout(open, joined(studied), signal);
  if (all.obstacles.length === 0) return { cycles, studied, study: all, open };
  const proved: CycleStudy[] = [];
  for (const one of studied) proved.push(await provedOf(one, open, signal));
  return { cycles, studied: proved, study: await studyLayout(open, joined(proved), signal), open };
}

function isAsItIs({ layout: { moved, typed, direct } }: Cut): boolean {
  return moved.size + typed.size + direct.size === 0;
}

function joined(studied: readonly CycleStudy[]): Layout {
  return joinLayouts(studied.map(({ cut }) => cut?.layout ?? asItIs));
}

/** The best cut of a cycle that can be proved by itself. */
async function provedOf(study: CycleStudy, open: OpenModules, signal: AbortSignal): Promise<CycleStudy> {
  const refused: LayoutObstacle[] = [];
  const cuts = [...(study.cut === undefined ? [] : [study.cut]), ...study.others];
  for (const [at, cut] of cuts.entries()) {
    const { obstacles } = await studyLayout(open, cut.layout, signal);
    if (obstacles.length === 0) return { ...study, cut, others: cuts.slice(at + 1), refused };
    refused.push(...obstacles);
  }
  return { ...study, cut: undefined, others: [], refused };
}

function checkNamed(path: string, cycles: readonly ImportCycle[], { modules }: OpenModules): void {
  const own = cycles.filter((one) => one.modules.includes(path));
  if (own.some(({ kind }) => kind === 'load')) return;
  const why = !modules.has(path)
    ? `git tracks no module ${path} here.`
    : own.length > 0
      ? `The cycle with ${path} is one of ${own[0]?.kind === 'type' ? 'types alone, which is not there when the program runs' : 'imports that run later, when they are asked for'}.`
      : `${path} is in no cycle.`;
  throw fail('bad-input', {
    what: `There is no cycle with ${path} that could be broken.`,
    why,
    next: 'Plan `--break-cycles` without a file to see all of them.',
  });
}
