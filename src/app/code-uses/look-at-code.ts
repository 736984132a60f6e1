import { stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { CodeUses } from '#code/column-uses/find-code-uses';
import { fail } from '#core/error';
import type { NamedChange } from '#core/named-change';
import type { Driver } from '#db/driver';
import type { Snapshot } from '#db/schema';
import type { Surroundings } from '../verb.ts';

/** What code is looked at for, and what is known of the database. */
export type CodeLook = {
  /** As they were given, from the working directory. */
  readonly folders: readonly string[];
  readonly changes: readonly NamedChange[];
  readonly snapshot: Snapshot;
  readonly searchPath: readonly string[];
  readonly driver: Pick<Driver, 'namePlaces'>;
};

/**
 * The uses in folders of code of what a plan changes. Reads only. Throws `bad-input` where a folder is not there or lies in another
 * repository than the first, `no-repository` where it lies in none.
 */
export async function lookAtCode(
  look: CodeLook,
  surroundings: Surroundings,
): Promise<CodeUses & { readonly top: string }> {
  const { cwd, env, signal } = surroundings;
  const { openRepository } = await import('#code/repository/repository');
  const { runProcess } = await import('#code/process/run-process');
  const { findCodeUses } = await import('#code/column-uses/find-code-uses');
  const { catalogOf } = await import('#db/place-request');
  const tops = new Map<string, string[]>();
  for (const folder of look.folders) {
    const root = resolve(cwd, folder);
    if (!(await isFolder(root))) throw missing(folder);
    const { git, prefix } = await openRepository({ root, env, run: runProcess, signal }, nowhere);
    const top = (await git.out(['rev-parse', '--show-toplevel'])).replace(/\n$/, '');
    tops.set(top, [...(tops.get(top) ?? []), prefix.replace(/\/$/, '')]);
  }
  const [first, second] = [...tops];
  if (first === undefined || second !== undefined) throw severalRepositories(look.folders);
  const [top, below] = first;
  const plans = relative(top, resolve(cwd, surroundings.config.migrations)).replaceAll('\\', '/');
  const repository = await openRepository(
    { root: top, env, run: runProcess, signal },
    plans.startsWith('..') ? nowhere : plans,
  );
  const request = { changes: look.changes, catalog: catalogOf(look.snapshot), searchPath: look.searchPath };
  const readNames = (text: string, unrepeatable: ReadonlySet<number>) =>
    look.driver.namePlaces(text, { ...request, unrepeatable });
  return { ...(await findCodeUses({ repository, below, changes: look.changes, readNames, signal })), top };
}

/** A place in which nothing of a tree stands. */
const nowhere = '.git/godwit';

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      ['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP'].includes(String(error.code))
    )
      return false;
    throw error;
  }
}

function missing(folder: string): Error {
  return fail('bad-input', {
    what: `There is no folder ${folder}.`,
    why: '--code names the folder of the application’s code, as seen from the working directory.',
    next: 'Name a folder that is there, e.g. `--code .`.',
  });
}

function severalRepositories(folders: readonly string[]): Error {
  return fail('bad-input', {
    what: `The folders ${folders.join(', ')} lie in several repositories.`,
    why: 'The proposed edits are patches of one repository.',
    next: 'Make a plan with the code of one, and look at the other one with `--check`.',
  });
}
