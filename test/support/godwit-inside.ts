import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { verbs } from '#app/verbs/index';
import { commands } from '../../src/interfaces/cli/commands/index.ts';
import { readSpoken } from '../../src/interfaces/cli/plain-words.ts';
import { runCommandLine } from '../../src/interfaces/cli/run-command-line.ts';
import { type Godwit, godwitOn, type Ran } from './godwit.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

type Env = Readonly<Record<string, string>>;

/**
 * The command line as `godwitOn` gives it, but what is run to its end runs in the process of the test, from source: it
 * reads the same arguments, environment and folder, prints into streams that are no terminal, and answers with its exit
 * code. It saves the start of a process, which takes longer than most commands. What is started, so that it can be
 * stopped, is a process of the built command line here too. What only a process shows (the end with open connections,
 * signals, standard input, `--version`) is asked of `godwitOn`.
 */
export async function godwitInside(url: string | undefined, env: Env = {}): Promise<Godwit> {
  return inside(await godwitOn(url, env), { ...env, ...(url === undefined ? {} : { DATABASE_URL: url }) });
}

/** A command line that is there already, run in the process of the test. `env` is what it adds to the environment. */
export function inside<Called extends Godwit>(godwit: Called, env: Env): Called {
  return { ...godwit, run: (...args) => runInside(args, { cwd: godwit.cwd, env }) };
}

type Place = { readonly cwd: string; readonly env: Env };

/** Runs one command line in the process of the test, in a folder. */
export async function runInside(args: readonly string[], { cwd, env }: Place): Promise<Ran> {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const said = { stdout: '', stderr: '' };
  const streamOf = (name: 'stdout' | 'stderr') =>
    new Writable({
      decodeStrings: false,
      write: (text, _encoding, done) => {
        said[name] += String(text);
        done();
      },
    });
  const signals = new EventEmitter();
  const own = {
    argv: [process.execPath, 'godwit', ...args],
    env: { ...inherited, ...env },
    cwd: () => cwd,
    stdin: new EventEmitter(),
    stdout: streamOf('stdout'),
    stderr: streamOf('stderr'),
    on: signals.on.bind(signals),
    off: signals.off.bind(signals),
    exit: (code: number) => {
      throw new Error(`the command line ended the process with ${code}`);
    },
  };
  const exit = await runCommandLine({
    read: readSpoken,
    version,
    verbs,
    commands,
    process: new Proxy(process, { get: (real, key) => Reflect.get(key in own ? own : real, key) }),
  });
  return { exit, ...said };
}
