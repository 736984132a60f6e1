import { access, mkdtemp, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RunTests } from '#code/process/run-tests';
import type { TreeSnapshot } from '#code/snapshot';
import { fail } from '#core/error';
import { commandRunner } from '#run/run-command';
import type { Surroundings } from './verb.ts';

/** How a working tree is to be looked at. */
export type FolderOptions = {
  readonly isOffline: boolean;
  readonly isQuick: boolean;
  readonly mayRunTests: boolean;
};

/** Looking for uses of deprecated API ends after this. */
const usesBudgetMs = 90_000;
/** Tests are ended after this. */
const testsTimeoutMs = 15 * 60_000;

/** The working tree in a folder. What it needs (TypeScript, the registry's client) is loaded here and not before. */
export async function inspectFolder(
  folder: string,
  surroundings: Surroundings,
  options: FolderOptions,
): Promise<TreeSnapshot> {
  if (!options.mayRunTests) return inspectWith(folder, surroundings, { ...options, scratch: undefined });
  const scratch = await mkdtemp(join(surroundings.temporaryDirectory, 'godwit-warnings-'));
  try {
    return await inspectWith(folder, surroundings, { ...options, scratch });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function inspectWith(
  folder: string,
  surroundings: Surroundings,
  { isOffline, isQuick, scratch }: FolderOptions & { readonly scratch: string | undefined },
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
    tests: scratch === undefined ? undefined : testsIn(root, scratch, surroundings),
    uses: isQuick ? undefined : { budgetMs: usesBudgetMs, nowMs: () => surroundings.monotonicMs() },
  });
}

function testsIn(root: string, scratch: string, { env }: Surroundings): RunTests {
  return {
    warningsFile: join(scratch, 'warnings.txt'),
    nodeOptions: env.NODE_OPTIONS,
    timeoutMs: testsTimeoutMs,
    run: async (line, extra, signal) => {
      const run = commandRunner({ cwd: root, env: { ...env, ...extra } });
      return (await run({ kind: 'shell', line }, signal)).exitCode;
    },
  };
}

const pythonMarks = [
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'requirements.txt',
  'Pipfile',
  'tox.ini',
  '.python-version',
];

/** True where a folder has a file by which a Python project is known. */
export async function isPythonTree(folder: string): Promise<boolean> {
  const found = await Promise.all(
    pythonMarks.map((name) =>
      access(join(folder, name)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
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
