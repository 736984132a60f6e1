import { readFileSync } from 'node:fs';
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
  const start = minor === undefined ? '3.' : `3.${minor}.`;
  const { root, env } = world;
  const active = env.VIRTUAL_ENV === undefined ? [] : [env.VIRTUAL_ENV];
  const own = environments([...ownFolders(root), ...active]).find(({ version }) => version.startsWith(start));
  if (own !== undefined) return own;
  const asked = new Set<string>();
  for (const candidate of candidates(minor, env)) {
    if (asked.has(candidate)) continue;
    asked.add(candidate);
    const found = await answerOf(candidate, world, signal);
    if (found?.version.startsWith(start) === true) return found;
  }
  return undefined;
}

function candidates(minor: number | undefined, env: World['env']): readonly string[] {
  if (minor === undefined) return ['python3', 'python'];
  return [`python3.${minor}`, ...installed(minor, env), 'python3', 'python'];
}

function ownFolders(root: string): readonly string[] {
  return [join(root, '.venv'), join(root, 'venv')];
}

/** The Python of the tree's own environment (`.venv`, `venv`); undefined where it has none. */
export function ownPython(root: string): PythonProgram | undefined {
  return environments(ownFolders(root)).find(({ version }) => version.startsWith('3.'));
}

/**
 * Virtual environments say their version in pyvenv.cfg (https://docs.python.org/3/library/venv.html), and are not run to
 * be asked: what lies in a tree runs only when a plan is carried out. A folder without that file is no environment.
 */
function environments(folders: readonly string[]): readonly PythonProgram[] {
  return folders.flatMap((folder) => {
    const program = [join(folder, 'bin', 'python'), join(folder, 'Scripts', 'python.exe')].find(isFile);
    const settings = join(folder, 'pyvenv.cfg');
    if (program === undefined || !isFile(settings)) return [];
    const version = /^version(?:_info)?\s*=\s*(\d+\.\d+\.\d+)/m.exec(readFileSync(settings, 'utf8'))?.[1];
    return version === undefined ? [] : [{ version, program }];
  });
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
