import * as z from 'zod';
import { fail } from '#core/error';
import type { TreeWorld } from '../execution.ts';
import type { CheckOverrides } from '../gate/check.ts';
import { measureGate } from '../gate/measure-gate.ts';
import type { GateMeasurement } from '../gate/measurement.ts';
import type { ManagerProgram } from '../install/manager-program.ts';
import { jsonOf } from '../text/read-data.ts';
import { readText } from '../text/read-text.ts';
import { nearestPython, ownPython } from './find-python.ts';
import { inspectPythonFiles } from './inspect-python.ts';
import { pythonChecks } from './python-checks.ts';
import { pythonEnvironment } from './python-environment.ts';
import type { PythonProgram } from './python-program.ts';
import { modulesScript } from './python-scripts.ts';

type World = Pick<TreeWorld, 'repository' | 'env' | 'run' | 'nowMs'> & { readonly overrides: CheckOverrides };
type How = Pick<Parameters<TreeWorld['measure']>[0], 'before' | 'progress'> & {
  /** The minor of 3 to measure with; another where this machine has none. */
  readonly minor: number;
  /** An empty folder outside of the tree. */
  readonly scratch: string;
};

const askTimeoutMs = 60_000;
const checkTimeoutMs = 60 * 60_000;

/**
 * The Python that measures: of the minor that is wanted, else the nearest before it. A baseline takes the tree's own
 * environment whatever its version, since that has what the tree depends on. Throws `bad-input` where this machine has none.
 */
export async function pythonFor(
  { minor, of }: { readonly minor: number; readonly of: 'baseline' | 'gate' },
  world: Pick<World, 'repository' | 'env' | 'run'>,
  signal: AbortSignal,
): Promise<PythonProgram> {
  const { root } = world.repository.git;
  const own = of === 'baseline' ? ownPython(root) : undefined;
  const found = own ?? (await nearestPython(minor, { ...world, root }, signal));
  if (found !== undefined) return found;
  throw fail('bad-input', {
    what: 'The tree cannot be measured: this machine has no Python 3.',
    why: 'Neither an environment of the tree, nor PATH, pyenv or uv has one.',
    next: `Install Python 3.${minor}, e.g. \`uv python install 3.${minor}\` or \`pyenv install 3.${minor}\`, and run the same command again.`,
  });
}

/** Measures a Python tree as `measureGate` does. What cannot be run is named in the answer. */
export async function measurePython(
  world: World,
  { minor, before, progress, scratch }: How,
  signal: AbortSignal,
): Promise<GateMeasurement> {
  const { repository, overrides, nowMs, run } = world;
  const { root } = repository.git;
  const python = await pythonFor({ minor, of: before === undefined ? 'baseline' : 'gate' }, world, signal);
  const env = pythonEnvironment(world.env, scratch);
  const { files: tracked } = await repository.trackedFiles();
  const files = [...tracked, ...(await repository.untrackedFiles())].sort();
  const snapshot = await inspectPythonFiles(files, (path) => readText(root, path));
  const asked = await run(
    {
      command: [python.program, '-c', modulesScript, 'django', 'pytest', 'mypy', 'ruff'],
      cwd: scratch,
      env,
      timeoutMs: askTimeoutMs,
    },
    signal,
  );
  const modules = z.array(z.string()).catch([]).parse(jsonOf(asked.output.trim()));
  const { checks, unknown } = pythonChecks(snapshot, { python: python.program, modules, overrides });
  // Checks of Python are lines for the shell; no package manager is called.
  const manager: ManagerProgram = { name: 'npm', words: ['npm'], version: '0.0.0' };
  const what = { root, checks, files, manager, run, env, scratch, nowMs, timeoutMs: checkTimeoutMs, before, progress };
  return measureGate({ ...what, warnings: 'leave', leftOut: unknown }, signal);
}
