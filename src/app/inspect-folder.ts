import { access, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { TreeSnapshot } from '#code/snapshot';
import { fail } from '#core/error';
import type { Surroundings } from './verb.ts';

/** How a working tree is to be looked at. */
export type FolderOptions = { readonly isOffline: boolean; readonly isQuick: boolean };

/** Looking for uses of deprecated API ends after this. */
const usesBudgetMs = 90_000;

/** The working tree in a folder. What it needs (TypeScript, the registry's client) is loaded here and not before. */
export async function inspectFolder(
  folder: string,
  surroundings: Surroundings,
  { isOffline, isQuick }: FolderOptions,
): Promise<TreeSnapshot> {
  const root = resolve(surroundings.cwd, folder);
  await expectFolder(root, folder);
  const { env, signal } = surroundings;
  const { inspectTree } = await import('#code/inspect');
  const { openRegistry } = await import('#code/registry/registry');
  return inspectTree({
    root,
    signal,
    nodeInUse: process.versions.node,
    openRegistry: isOffline ? undefined : (yarnrc) => openRegistry({ root, env, signal, yarnrc }),
    uses: isQuick ? undefined : { budgetMs: usesBudgetMs, nowMs: () => surroundings.monotonicMs() },
  });
}

/** True where a folder has a package.json. */
export async function isTree(folder: string): Promise<boolean> {
  try {
    await access(join(folder, 'package.json'));
    return true;
  } catch {
    return false;
  }
}

async function expectFolder(root: string, said: string): Promise<void> {
  const isThere = await stat(root).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isThere) return;
  throw fail('bad-input', {
    what: `${said} is no folder.`,
    why: `Nothing that is one stands at ${root}.`,
    next: 'Name the folder of a project: `godwit inspect --tree DIR`.',
  });
}
