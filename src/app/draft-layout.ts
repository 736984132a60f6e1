import { realpath } from 'node:fs/promises';
import type { LayoutWish } from '#code/layout-plan/draft-layout';
import type { LayoutStudy } from '#code/split/study-layout';
import type { LayoutObstacle } from '#code/split/write-layout';
import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import type { PlanDraft } from '#core/plan';
import { measuredTree } from './measured-tree.ts';
import type { OpenTree } from './open-tree.ts';
import { treeToPlan } from './tree-to-plan.ts';
import type { Surroundings } from './verb.ts';

/** So many modules of a cycle, and reasons why it stays, stand in an error. */
const shownMax = 20;

export type SplitRequest = {
  /** Each as `FILE#NAME[,NAME]=NEWFILE`. */
  readonly wishes: readonly string[];
  readonly keepsOldNames: boolean;
};

/**
 * The plan for splits of modules in the working tree of this folder. Reads only. Throws `no-repository`, `dirty-tree`,
 * `bad-input`, `name-taken`, and `unsafe-change` where something would mean another thing than before.
 */
export async function draftSplitOf(
  { wishes, keepsOldNames }: SplitRequest,
  surroundings: Surroundings,
): Promise<PlanDraft> {
  const { readSplitWishes } = await import('#code/split/split-wish');
  const read = readSplitWishes(wishes);
  const open = await treeToPlan(surroundings);
  const { studySplit } = await import('#code/split/study-split');
  const { splitWishOf } = await import('#code/layout-plan/split-wish-of');
  const { diskTree } = await import('#code/tree/disk-tree');
  const tree = await diskTree(open.repository);
  const { signal } = surroundings;
  const split = await studySplit(read, tree, { root: await rootOf(surroundings), keepsOldNames, signal });
  const { obstacles } = split.study;
  if (obstacles.length > 0) {
    throw fail('unsafe-change', {
      what: 'No plan was made: the split would not leave everything as it is.',
      why: linesOf(obstacles),
      next: 'Name other declarations, or change these places first; commit that, and plan again.',
    });
  }
  return drafted({ wish: splitWishOf(split), study: split.study, findings: [], open }, surroundings);
}

/**
 * The plan for breaking cycles of imports: all of them, or those with a module. Reads only. Throws `no-repository`,
 * `dirty-tree`, `bad-input`, `nothing-to-do`, and `unsafe-change` where there are cycles and none of them can be cut.
 */
export async function draftCyclesOf(named: readonly string[], surroundings: Surroundings): Promise<PlanDraft> {
  const open = await treeToPlan(surroundings);
  const { studyCycles } = await import('#code/cycle/study-cycles');
  const { cycleFindings } = await import('#code/cycle/cycle-findings');
  const { cyclesWishOf } = await import('#code/layout-plan/cycles-wish-of');
  const { diskTree } = await import('#code/tree/disk-tree');
  const tree = await diskTree(open.repository);
  const only = named.includes('all') ? [] : named.map((path) => path.replaceAll('\\', '/').replace(/^\.\//, ''));
  const { signal } = surroundings;
  const cycles = await studyCycles(tree, { root: await rootOf(surroundings), only, signal });
  const findings = cycleFindings(cycles);
  if (cycles.studied.length === 0) {
    throw fail('nothing-to-do', {
      what: 'No plan was made.',
      why: 'No modules import each other in a cycle that is there when the program runs.',
      next: 'Nothing has to be done.',
    });
  }
  const { obstacles, changes } = cycles.study;
  if (changes.length === 0 || obstacles.length > 0) {
    const reasons = findings.filter(({ rule }) => rule === 'cycle/left').slice(0, shownMax);
    const said = reasons.map(({ file, line, message }) =>
      file === undefined ? message : `${file}:${line} ${message}`,
    );
    throw fail('unsafe-change', {
      what: `No plan was made: ${cycles.studied.length === 1 ? 'the cycle of imports cannot' : `none of ${cycles.studied.length} cycles of imports can`} be cut without changing what the program does.`,
      why: [...said, ...(obstacles.length === 0 ? [] : [linesOf(obstacles)])].join('\n'),
      next: 'Change these places by hand, commit that, and plan again.',
    });
  }
  const wish = cyclesWishOf(cycles, named.join('\n'));
  return drafted({ wish, study: cycles.study, findings, open }, surroundings);
}

async function rootOf({ cwd }: Surroundings): Promise<string> {
  return (await realpath(cwd)).replaceAll('\\', '/');
}

type Studied = {
  readonly wish: LayoutWish;
  readonly study: LayoutStudy;
  readonly findings: readonly Finding[];
  readonly open: OpenTree;
};

async function drafted({ wish, study, findings, open }: Studied, surroundings: Surroundings): Promise<PlanDraft> {
  const { repository } = open;
  const { draftLayout } = await import('#code/layout-plan/draft-layout');
  const { snapshot, checks, unknown, hooks } = await measuredTree(repository, surroundings);
  return draftLayout({
    wish,
    fingerprint: await repository.fingerprint(),
    snapshot,
    checks,
    study,
    findings: [...findings, ...hooks],
    unknown,
  });
}

function linesOf(obstacles: readonly LayoutObstacle[]): string {
  const lines = [...new Set(obstacles.map(({ file, line, why }) => `${file}:${line} ${why}`))];
  const rest = lines.length > shownMax ? `\n… and ${lines.length - shownMax} more` : '';
  return `${lines.slice(0, shownMax).join('\n')}${rest}`;
}
