import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Finding } from '#core/finding';
import type { Repository } from './repository.ts';

/** Those that may refuse a commit. https://git-scm.com/docs/githooks */
const hooks = ['pre-commit', 'prepare-commit-msg', 'commit-msg'];

/**
 * Says which hooks run for every commit of a plan: a hop is several commits, and before its gate the tests need not pass.
 * Reads only.
 */
export async function hookFindings(repository: Repository): Promise<readonly Finding[]> {
  const active = await activeHooks(repository);
  if (active.length === 0) return [];
  return [
    {
      rule: 'tree/hooks',
      severity: 'advice',
      message: `The repository has the ${active.length === 1 ? 'hook' : 'hooks'} ${active.join(', ')}, which ${active.length === 1 ? 'runs' : 'run'} for every commit of the plan. Within a hop, before its gate, the tree need not pass its own checks.`,
      cure: 'Where a hook runs tests or types, set `tree.hooks` to false in godwit.config for the time of the upgrade; the gate runs them.',
    },
  ];
}

/** Those that git runs for a commit. Reads only. */
export async function activeHooks({ git }: Repository): Promise<readonly string[]> {
  const folder = resolve(git.root, (await git.out(['rev-parse', '--git-path', 'hooks'])).trim());
  const active: string[] = [];
  for (const hook of hooks) {
    if (await isRun(join(folder, hook))) active.push(hook);
  }
  return active;
}

async function isRun(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
