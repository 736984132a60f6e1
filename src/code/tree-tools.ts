import { join } from 'node:path';
import { fail } from '#core/error';
import type { TreeWorld } from './execution.ts';
import type { CheckOverrides } from './gate/check.ts';
import { detectChecks } from './gate/detect-checks.ts';
import { measureGate } from './gate/measure-gate.ts';
import { inspectTree } from './inspect.ts';
import type { ManagerProgram } from './install/manager-program.ts';
import type { TreeSnapshot } from './snapshot.ts';
import { emptyFolder, forgetKept } from './tree.ts';

type Tools = Pick<TreeWorld, 'isInstalled' | 'install' | 'measure'>;

/** A test suite that takes longer is ended. */
const checkTimeoutMs = 60 * 60_000;
const installTimeoutMs = 30 * 60_000;

/** How a working tree is installed and measured: by its own package manager and its own checks, found anew each time. */
export function treeTools(
  world: Pick<TreeWorld, 'repository' | 'env' | 'run' | 'nowMs'> & { readonly overrides: CheckOverrides },
): Tools {
  const { repository, env, run, nowMs, overrides } = world;
  const { root } = repository.git;
  const look = (signal: AbortSignal): Promise<TreeSnapshot> =>
    inspectTree({
      root,
      nodeInUse: process.versions.node,
      signal,
      openRegistry: undefined,
      tests: undefined,
      uses: undefined,
    });
  return {
    isInstalled: async (signal) => {
      const { packages } = await look(signal);
      const direct = packages
        .flatMap(({ dependencies }) => dependencies)
        .filter(({ group }) => group !== 'peerDependencies');
      return direct.every(({ installed, locked, group }) =>
        installed === undefined ? group === 'optionalDependencies' : locked === undefined || installed === locked,
      );
    },
    install: async (kind, signal) => {
      const manager = managerOf(await look(signal));
      const args = kind === 'frozen' ? ['ci'] : ['install'];
      const result = await run(
        {
          command: [...manager.words, ...args, '--no-audit', '--no-fund'],
          cwd: root,
          env,
          timeoutMs: installTimeoutMs,
        },
        signal,
      );
      if (result.exitCode !== 0)
        throw fail('install-failed', { what: 'npm failed', why: result.errors.slice(-2000), next: 'Mend it.' });
      return { detail: `${manager.words.join(' ')} ${args.join(' ')}`, findings: [] };
    },
    measure: async ({ before, progress }, signal) => {
      const snapshot = await look(signal);
      const { files } = await repository.trackedFiles();
      const fresh = await repository.untrackedFiles();
      const all = [...files, ...fresh].sort();
      const { checks } = detectChecks(snapshot, { files: all, overrides });
      const scratch = join(repository.gitDir, 'godwit', 'scratch');
      await emptyFolder(scratch);
      try {
        progress({ done: 0, total: checks.length, unit: 'checks' });
        return await measureGate(
          {
            root,
            checks,
            files: all,
            manager: managerOf(snapshot),
            run,
            env,
            scratch,
            nowMs,
            timeoutMs: checkTimeoutMs,
            before,
            warnings: 'collect',
          },
          signal,
        );
      } finally {
        await forgetKept(scratch);
      }
    },
  };
}

function managerOf({ packageManager }: TreeSnapshot): ManagerProgram {
  const name = packageManager?.name ?? 'npm';
  return { name, words: [name], version: packageManager?.version ?? '' };
}
