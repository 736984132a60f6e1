import { fail } from '#core/error';
import type { Surroundings } from '../verb.ts';

const timeoutMs = 60_000;

/**
 * Files that a branch changes, or with `A` only those that it adds, by paths from the folder that godwit works in: from where it left `since`. Throws
 * `bad-input` for a commit that git does not know, `no-repository` outside of one.
 */
export async function changedFiles(
  since: string,
  surroundings: Surroundings,
  kinds: 'ACM' | 'A' = 'ACM',
): Promise<ReadonlySet<string>> {
  const { cwd, env, signal } = surroundings;
  const { runProcess } = await import('#code/process/run-process');
  const range = ['--relative', '--no-renames', `--diff-filter=${kinds}`, '--end-of-options', `${since}...HEAD`];
  const command = ['git', 'diff', '--name-only', '-z', ...range] as const;
  const { exitCode, output, errors } = await runProcess({ command: [...command], cwd, env, timeoutMs }, signal);
  if (exitCode === 0) return new Set(output.split('\0').filter((path) => path !== ''));
  throw fail('bad-input', {
    what: `What has changed since ${since} cannot be told.`,
    why: `git says: ${errors.trim().split('\n')[0] ?? ''}`,
    next: 'Fetch the history (`fetch-depth: 0` of actions/checkout), or name a commit that is there, e.g. `--since origin/main`.',
  });
}
