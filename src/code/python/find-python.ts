import { join, parse } from 'node:path';
import type { TreeWorld } from '../execution.ts';
import { isFile } from '../tree/is-file.ts';
import { namesIn } from '../tree/names-in.ts';
import type { PythonProgram } from './python-program.ts';

type World = Pick<TreeWorld, 'env' | 'run'> & {
  /** Absolute folder of the tree. */
  readonly root: string;
};

const askTimeoutMs = 20_000;
const question = 'import sys; print("%d.%d.%d" % sys.version_info[:3]); print(sys.executable)';

/**
 * A Python of a minor of 3, or of any where none is given: that of the tree's own environment (`.venv`, `venv`), of an active
 * one, in PATH, or installed by pyenv or uv. Undefined where there is none.
 */
export async function findPython(
  minor: number | undefined,
  world: World,
  signal: AbortSignal,
): Promise<PythonProgram | undefined> {
  const asked = new Set<string>();
  for (const candidate of candidates(minor, world)) {
    if (asked.has(candidate)) continue;
    asked.add(candidate);
    const found = await answerOf(candidate, world, signal);
    if (
      found !== undefined &&
      (minor === undefined ? found.version.startsWith('3.') : found.version.startsWith(`3.${minor}.`))
    )
      return found;
  }
  return undefined;
}

function candidates(minor: number | undefined, { root, env }: World): readonly string[] {
  const active = env.VIRTUAL_ENV === undefined ? [] : [env.VIRTUAL_ENV];
  const own = environments([join(root, '.venv'), join(root, 'venv'), ...active]);
  if (minor === undefined) return [...own, 'python3', 'python'];
  return [...own, `python3.${minor}`, ...installed(minor, env), 'python3', 'python'];
}

/** The Python of the tree's own environment (`.venv`, `venv`); undefined where it has none. */
export async function ownPython(world: World, signal: AbortSignal): Promise<PythonProgram | undefined> {
  for (const candidate of environments([join(world.root, '.venv'), join(world.root, 'venv')])) {
    const found = await answerOf(candidate, world, signal);
    if (found?.version.startsWith('3.') === true) return found;
  }
  return undefined;
}

function environments(folders: readonly string[]): readonly string[] {
  return folders
    .flatMap((folder) => [join(folder, 'bin', 'python'), join(folder, 'Scripts', 'python.exe')])
    .filter(isFile);
}

/** The Python of a minor, else the nearest before it, else any. */
export async function nearestPython(
  minor: number,
  world: World,
  signal: AbortSignal,
): Promise<PythonProgram | undefined> {
  for (let wanted = minor; wanted >= oldest; wanted -= 1) {
    const found = await findPython(wanted, world, signal);
    if (found !== undefined) return found;
  }
  return findPython(undefined, world, signal);
}

/** Older ones are not looked for by name. */
const oldest = 6;

/** What version managers keep below the home folder, the newest first. */
function installed(minor: number, env: World['env']): readonly string[] {
  const home = env.HOME ?? '';
  const pyenv = join(env.PYENV_ROOT ?? join(home, '.pyenv'), 'versions');
  const uv = join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'uv', 'python');
  const named = (folder: string, pattern: RegExp): readonly string[] =>
    namesIn(folder)
      .filter((name) => pattern.test(name))
      .sort((one, other) => other.localeCompare(one, 'en', { numeric: true }))
      .map((name) => join(folder, name, 'bin', 'python3'));
  return [
    ...named(pyenv, new RegExp(`^3\\.${minor}\\.\\d+$`)),
    ...named(uv, new RegExp(`^cpython-3\\.${minor}\\.`)),
  ].filter(isFile);
}

async function answerOf(
  program: string,
  { run, env, root }: World,
  signal: AbortSignal,
): Promise<PythonProgram | undefined> {
  // Not asked in the tree: a `.python-version` there may name what pyenv does not have, and its shim then answers nothing.
  const said = await run(
    { command: [program, '-I', '-c', question], cwd: parse(root).root, env, timeoutMs: askTimeoutMs },
    signal,
  );
  const [version = '', executable = ''] = said.output.trim().split(/\r?\n/);
  return said.exitCode === 0 && /^\d+\.\d+\.\d+$/.test(version) && executable !== ''
    ? { version, program: executable }
    : undefined;
}
