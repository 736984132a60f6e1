import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { fail } from '#core/error';
import { type GateMeasurement, gateMeasurementSchema } from '../gate/measurement.ts';
import { jsonOf } from '../text/read-data.ts';
import { forgetKept, keepText, readIfThere } from '../tree/tree.ts';
import type { Repository } from './repository.ts';

const startSchema = z.object({
  /** Commit on which the work began. */
  head: z.string(),
  /** Branch that was checked out; absent where HEAD was detached. */
  branch: z.string().optional(),
  /** What git did not track then; absent in runs of before this was kept. */
  untracked: z.array(z.string()).optional(),
  /** Places that git ignores and that held too much to be kept. */
  unkept: z.array(z.string()).optional(),
});
/** Where a run in a working tree began. */
export type Start = Readonly<z.infer<typeof startSchema>>;

/** Folder of a run in the git directory: what it needs beside its journal. */
export function runFolder({ gitDir }: Pick<Repository, 'gitDir'>, runId: string): string {
  return join(gitDir, 'godwit', 'runs', runId);
}

export async function readStart(folder: string): Promise<Start | undefined> {
  const text = await readIfThere(join(folder, 'start.json'));
  return text === undefined ? undefined : startSchema.parse(jsonOf(text));
}

export async function keepStart(folder: string, start: Start): Promise<void> {
  await keepText(join(folder, 'start.json'), JSON.stringify(start));
}

/** The measurement with which a run compares; undefined before it was made. */
export async function readBaseline(folder: string): Promise<GateMeasurement | undefined> {
  const text = await readIfThere(join(folder, 'baseline.json'));
  return text === undefined ? undefined : gateMeasurementSchema.parse(jsonOf(text));
}

/** Ref under which a run keeps commits that nothing else names. */
export function refOf(runId: string, name: string): string {
  return `refs/godwit/${runId}/${name}`;
}

/** Removes all that is kept of a run: its refs and its folder. Resolves with the names of what went. */
export async function forgetRun(repository: Repository, runId: string): Promise<readonly string[]> {
  const { git } = repository;
  const listed = await git.out(['for-each-ref', '--format=%(refname)', `refs/godwit/${runId}/`]);
  const refs = listed.split('\n').filter((name) => name !== '');
  for (const ref of refs) await git.out(['update-ref', '-d', ref]);
  await forgetKept(runFolder(repository, runId));
  return refs;
}

/** A repository, and which branch a run works on. */
export type Branches = { readonly repository: Repository; branchOf(runId: string): Promise<string> };

/** Throws `wrong-state` unless the branch of the run is checked out. */
export async function expectBranch({ repository, branchOf }: Branches, runId: string): Promise<void> {
  const branch = await branchOf(runId);
  const here = await repository.branch();
  if (here === branch) return;
  const isThere = await hasBranch(repository, branch);
  throw fail('wrong-state', {
    what: 'Nothing was done in the working tree.',
    why: isThere
      ? `The work is on the branch ${branch}, and ${here === undefined ? 'no branch' : here} is checked out.`
      : `The work is on the branch ${branch}, which is not there any more.`,
    next: isThere
      ? `Run \`git switch ${branch}\`, then the same command again.`
      : `Run \`git switch --create ${branch} ${refOf(runId, 'tip')}\` and the same command again to go on; or \`godwit rollback\`, which ends the run.`,
  });
}

/** Whether a branch is there. */
export async function hasBranch({ git }: Repository, branch: string): Promise<boolean> {
  return (await git.try(['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`])).exitCode === 0;
}

/** What git leaves in its directory while it waits for a person, by the command that began it. */
const waiting = [
  ['MERGE_HEAD', 'merge'],
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
] as const;

/** Throws `dirty-tree` where git is in the middle of something, and with the first paths where tracked files differ from HEAD. */
export async function expectClean(repository: Repository): Promise<void> {
  for (const [file, command] of waiting) {
    if (!(await isThere(join(repository.gitDir, file)))) continue;
    throw fail('dirty-tree', {
      what: 'Nothing was done in the working tree.',
      why: `Git is in the middle of a ${command}.`,
      next: `Finish it with \`git ${command} --continue\`, or give it up with \`git ${command} --abort\`, then run the same command again.`,
    });
  }
  const changed = await repository.changedFiles();
  if (changed.length === 0) return;
  const shown = changed.slice(0, 5).join(', ');
  throw fail('dirty-tree', {
    what: 'Nothing was done in the working tree.',
    why: `${changed.length} tracked ${changed.length === 1 ? 'file differs' : 'files differ'} from the last commit: ${shown}${changed.length > 5 ? ' …' : ''}.`,
    next: 'Commit them, or put them aside with `git stash`, then run the same command again.',
  });
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
