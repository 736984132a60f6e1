import { join, relative, resolve } from 'node:path';
import type { TreeWorld } from '#code/execution';
import type { Repository } from '#code/repository/repository';
import type { Domain } from '#core/domain';
import { fail } from '#core/error';
import { journalFile } from '#run/journal-file';
import { leaseFile } from '#run/lease-file';
import type { Surroundings } from './verb.ts';

/** A working tree that can be changed, opened for running. */
export type OpenTree = {
  readonly repository: Repository;
  readonly domain: Domain;
  readonly nodeFor: TreeWorld['nodeFor'];
  readonly pythonFor: TreeWorld['pythonFor'];
};

/**
 * Opens the working tree in a folder. Its journal and its lease stand in its git directory. `branch`
 * takes the place of the branch that bears the name of the plan. Throws `no-repository`.
 */
export async function openTree(
  root: string,
  surroundings: Surroundings,
  { branch }: { readonly branch?: string } = {},
): Promise<OpenTree> {
  const { env, config } = surroundings;
  const { openRepository } = await import('#code/repository/repository');
  const { openTreeDomain } = await import('#code/domain');
  const { runProcess } = await import('#code/process/run-process');
  // A run that is stopped still commits or takes back what it has begun, and gives its lease back.
  const { signal } = new AbortController();
  const repository = await openRepository({ root, env, run: runProcess, signal }, plansFolder(surroundings));
  const { notedRun } = await import('#code/process/left-running');
  const { treeTools } = await import('#code/tree-tools');
  const nowMs = (): number => surroundings.monotonicMs();
  const running = join(repository.gitDir, 'godwit', 'running');
  const base = { repository, env, run: notedRun(runProcess, running), nowMs };
  const world = {
    ...base,
    commits: { template: config.tree.commitMessage, runsHooks: config.tree.hooks },
    openCopy: async (modules: 'linked' | 'copied', stop: AbortSignal) => {
      const { openRecipeScratch } = await import('./recipes/recipe-scratch.ts');
      const { diskTree } = await import('#code/tree/disk-tree');
      const { temporaryDirectory } = surroundings;
      const { root: top } = repository.git;
      return openRecipeScratch(top, await diskTree(repository), { temporaryDirectory, modules, signal: stop });
    },
    ...treeTools({
      ...base,
      overrides: config.tree.checks,
      imports: config.tree.imports,
      node: config.tree.node === undefined ? undefined : resolve(surroundings.cwd, config.tree.node),
    }),
  };
  const dir = join(repository.gitDir, 'godwit');
  const domain = openTreeDomain({ ...world, branch, journal: journalFile(dir), lease: leaseFile(dir, surroundings) });
  return { repository, domain, nodeFor: world.nodeFor, pythonFor: world.pythonFor };
}

/** The folder of plans as seen from the tree: it is left alone by all that is done to the tree. */
function plansFolder({ cwd, config }: Surroundings): string {
  const path = relative(cwd, resolve(cwd, config.migrations)).replaceAll('\\', '/');
  if (path !== '' && !path.startsWith('..')) return path;
  throw fail('config-invalid', {
    what: `Plans cannot stand in ${config.migrations}.`,
    why: 'Plans for a working tree stand in a folder of it, which git is told to leave alone.',
    next: 'Set `migrations` in godwit.config to a folder inside the tree.',
  });
}
