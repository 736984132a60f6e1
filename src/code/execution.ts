import type { ExecutionContext, Outcome } from '#core/executor';
import type { Finding } from '#core/finding';
import type { OpenScratch } from './codemod/scratch.ts';
import type { GateMeasurement } from './gate/measurement.ts';
import type { NodeProgram } from './process/node-program.ts';
import type { RunProcess } from './process/run-process.ts';
import type { PythonProgram } from './python/python-program.ts';
import { type CommitOptions, commitOf, commitPaths, type StepName } from './repository/commits.ts';
import type { Repository } from './repository/repository.ts';
import { expectBranch, expectClean, runFolder } from './repository/tree-run.ts';
import { keepUntrackedLocks } from './repository/untracked-locks.ts';
import { finishChanges, settleChanges } from './tree/tree.ts';

/** What executors of a working tree are given. */
export type TreeWorld = {
  readonly repository: Repository;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: RunProcess;
  readonly commits: CommitOptions;
  /** Branch on which a run works: `godwit/` and the id of its plan. */
  branchOf(runId: string): Promise<string>;
  nowMs(): number;
  /** True where node_modules holds every direct dependency at the version that the lock file says. */
  isInstalled(signal: AbortSignal): Promise<boolean>;
  /** Has the package manager install: what package.json says (`update`, which may change the lock file) or what the lock file says. */
  install(kind: 'update' | 'frozen', signal: AbortSignal, node?: NodeProgram): Promise<Installed>;
  /** A Node of a range on this machine; undefined where there is none. */
  nodeFor(range: string, signal: AbortSignal): Promise<NodeProgram | undefined>;
  /** Which Python measures where a minor is wanted; its version may be another. A baseline takes the tree's own environment. */
  pythonFor(minor: number, signal: AbortSignal, of: 'baseline' | 'gate'): Promise<PythonProgram>;
  /** Copies the tracked files for programs; dependencies are linked, or copied where a program may change them. */
  openCopy(modules: 'linked' | 'copied', signal: AbortSignal): Promise<OpenScratch>;
  /** Runs the checks that the tree has now. */
  measure(
    options: {
      readonly before: GateMeasurement | undefined;
      readonly progress: ExecutionContext['progress'];
      /** With which checks run; undefined for the one in use. */
      readonly node?: NodeProgram | undefined;
      /** The checks of a Python tree, with this minor of Python 3 where the machine has it. */
      readonly python?: number | undefined;
    },
    signal: AbortSignal,
  ): Promise<GateMeasurement>;
};

/** What an install did. */
export type Installed = { readonly detail: string; readonly findings: readonly Finding[] };

/** What a committing step wrote: the paths to commit, and a sentence with numbers. */
export type Written = {
  readonly paths: readonly string[];
  readonly detail: string;
  /** True where there may be work of people among it, which a rollback has to keep. */
  readonly mayBeByHand?: boolean;
} & Pick<Outcome, 'findings' | 'measures'>;

/** The step that a deed belongs to: `expand-1#0~1` is a deed of `expand-1`. */
export function stepOf({ runId, deed }: Pick<ExecutionContext, 'runId' | 'deed'>): StepName {
  return { runId, stepId: deed.replace(/#.*$/, '') };
}

/**
 * A deed that writes files and commits them, once: found committed, it is done; found written, it is only committed. `write`
 * is given the paths that an earlier try has written already, and finds the tree clean where there are none.
 */
export async function committing(
  { repository, commits, branchOf }: TreeWorld,
  context: ExecutionContext,
  options: {
    readonly title: string;
    readonly write: (already: readonly string[]) => Promise<Written>;
  },
): Promise<Outcome> {
  await expectBranch({ repository, branchOf }, context.runId);
  const step = stepOf(context);
  const done = await commitOf(repository, step);
  const journal = runFolder(repository, context.runId);
  if (done !== undefined) {
    await settleChanges(journal);
    return { ok: true, detail: `committed before as ${done.slice(0, 10)}` };
  }
  const already = await finishChanges(repository.git.root, journal);
  if (already.length === 0) await expectClean(repository);
  await keepUntrackedLocks(repository, step);
  const { paths, detail, mayBeByHand = false, ...more } = await options.write(already);
  context.signal.throwIfAborted();
  const commit = await commitPaths(repository, [...new Set([...already, ...paths])], {
    ...commits,
    step,
    title: options.title,
    isByHand: mayBeByHand,
  });
  await settleChanges(journal);
  const as = commit === undefined ? 'nothing to commit' : `committed as ${commit.slice(0, 10)}`;
  return { ok: true, detail: `${detail}; ${as}`, ...more };
}
