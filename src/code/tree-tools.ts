import { delimiter, join } from 'node:path';
import { hashOf } from '#core/canonical';
import { fail } from '#core/error';
import type { Installed, TreeWorld } from './execution.ts';
import type { CheckOverrides } from './gate/check.ts';
import { detectChecks } from './gate/detect-checks.ts';
import { measureGate } from './gate/measure-gate.ts';
import type { GateMeasurement } from './gate/measurement.ts';
import { inspectTree } from './inspect.ts';
import { declaresDependencies } from './install/files-changed.ts';
import { findManager } from './install/find-manager.ts';
import { installTree } from './install/install-tree.ts';
import { findNode } from './process/find-node.ts';
import { endLeftRunning } from './process/left-running.ts';
import type { NodeProgram } from './process/node-program.ts';
import { measurePython, pythonFor } from './python/measure-python.ts';
import { committedText } from './repository/committed-text.ts';
import { restoreTracked } from './repository/traces.ts';
import type { Dependency, TreeSnapshot } from './snapshot.ts';
import { hasRules, type ImportRules } from './structure/import-rules.ts';
import { emptyFolder, forgetKept } from './tree/tree.ts';

type Tools = Pick<TreeWorld, 'isInstalled' | 'install' | 'measure' | 'nodeFor' | 'pythonFor'>;

/** A test suite that takes longer is ended. */
const checkTimeoutMs = 60 * 60_000;
const installTimeoutMs = 30 * 60_000;

type World = Pick<TreeWorld, 'repository' | 'env' | 'run' | 'nowMs'> & {
  readonly overrides: CheckOverrides;
  /** What imports have to keep to; left out, nothing is asked of them. */
  readonly imports?: ImportRules | undefined;
  /** Absolute path of the Node that the configuration names. */
  readonly node?: string | undefined;
};

/** How a working tree is installed and measured: by its own package manager and its own checks, found anew each time. */
export function treeTools(world: World): Tools {
  const measured = new Map<string, GateMeasurement>();
  return {
    isInstalled: async (signal) => {
      const { packages } = await look(world, signal);
      return packages.flatMap(({ dependencies }) => dependencies).every(isAsLocked);
    },
    install: async (kind, signal, node) => {
      await endLeft(world, signal);
      return kind === 'frozen'
        ? installFrozen(withNode(world, node), signal)
        : install(withNode(world, node), kind, signal);
    },
    nodeFor: (range, signal) => findNode(range, { ...world, root: world.repository.git.root }, signal),
    pythonFor: (minor, signal, of) => pythonFor({ minor, of }, world, signal),
    measure: async ({ before, progress, node, python }, signal) => {
      const key = await contentOf(world, [
        node?.folder ?? '',
        String(python ?? ''),
        before === undefined ? 'baseline' : 'gate',
      ]);
      const known = key === undefined ? undefined : measured.get(key);
      if (known !== undefined) return known;
      await endLeft(world, signal);
      const scratch = join(world.repository.gitDir, 'godwit', 'scratch');
      await emptyFolder(scratch);
      try {
        const value =
          python === undefined
            ? await measure(withNode(world, node), { before, progress, scratch }, signal)
            : await measurePython(world, { before, progress, scratch, minor: python }, signal);
        if (key !== undefined) measured.set(key, value);
        return value;
      } finally {
        await forgetKept(scratch);
      }
    },
  };
}

/** What a runner that was killed has left running works in the same folders. */
function endLeft({ repository, run }: World, signal: AbortSignal): Promise<number> {
  return endLeftRunning(run, join(repository.gitDir, 'godwit', 'running'), signal);
}

/**
 * What a measurement is of, so that a rehearsal, which comes to the same content twice, measures it once. Undefined where
 * something is not committed.
 */
async function contentOf({ repository }: World, how: readonly string[]): Promise<string | undefined> {
  if ((await repository.changedFiles()).length > 0) return undefined;
  return hashOf([await repository.fingerprint(), await repository.untrackedFiles(), ...how]);
}

/** A Node that is first in PATH is the one that package managers, scripts and programs start. */
function withNode(world: World, node: NodeProgram | undefined): World {
  const folder = node?.folder;
  if (folder === undefined) return world;
  return { ...world, env: { ...world.env, PATH: [folder, world.env.PATH ?? ''].join(delimiter) } };
}

function isAsLocked({ group, installed, locked }: Dependency): boolean {
  if (group === 'peerDependencies') return true;
  if (installed === undefined) return group === 'optionalDependencies';
  return locked === undefined || installed === locked;
}

/** Yarn writes package.json in its own form even where nothing may change: what was committed is put back. */
async function installFrozen(world: World, signal: AbortSignal): Promise<Installed> {
  const { repository } = world;
  const before = new Set(await repository.changedFiles());
  const { detail, findings } = await install(world, 'frozen', signal);
  const changed = (await repository.changedFiles()).filter((path) => !before.has(path) && declaresDependencies(path));
  await restoreTracked(repository, changed);
  return { detail: changed.length === 0 ? detail : `${detail}; ${changed.join(', ')} put back as committed`, findings };
}

async function install(world: World, kind: 'update' | 'frozen', signal: AbortSignal): Promise<Installed> {
  const { repository, env, run } = world;
  const { packageManager: manager } = await look(world, signal);
  const { root } = repository.git;
  const committed = (path: string) => committedText(repository, path);
  const answer = await installTree({ root, manager, kind, env, run, timeoutMs: installTimeoutMs, committed }, signal);
  if (answer.ok) return answer;
  throw fail('install-failed', {
    what: 'The install went through, and left something broken.',
    why: answer.findings.map(({ message }) => message).join(' '),
    next:
      answer.findings
        .map(({ cure }) => cure ?? '')
        .join(' ')
        .trim() || 'Install once by hand and look at what the package manager says.',
  });
}

async function measure(
  { repository, env, run, nowMs, overrides, imports: rules }: World,
  { before, progress, scratch }: Parameters<TreeWorld['measure']>[0] & { readonly scratch: string },
  signal: AbortSignal,
): Promise<GateMeasurement> {
  const { root } = repository.git;
  const snapshot = await look({ repository }, signal);
  const { files: tracked } = await repository.trackedFiles();
  const files = [...tracked, ...(await repository.untrackedFiles())].sort();
  const { checks } = detectChecks(snapshot, { files, overrides });
  const called = snapshot.packageManager ?? { name: 'npm', evidence: [] };
  const { program: manager } = await findManager(called, { root, env, run }, signal);
  const what = { root, checks, files, manager, run, env, scratch, nowMs, timeoutMs: checkTimeoutMs, before, progress };
  const measured = await measureGate({ ...what, warnings: 'collect' }, signal);
  if (rules === undefined || !hasRules(rules)) return measured;
  const { readImports } = await import('./structure/read-imports.ts');
  const { diskTree } = await import('./tree/disk-tree.ts');
  const { imports } = await readImports(await diskTree(repository), { root, rules, signal });
  return { ...measured, imports };
}

function look({ repository }: Pick<World, 'repository'>, signal: AbortSignal): Promise<TreeSnapshot> {
  const nothing = { openRegistry: undefined, tests: undefined, uses: undefined };
  return inspectTree({ root: repository.git.root, nodeInUse: process.versions.node, signal, ...nothing });
}
