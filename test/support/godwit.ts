import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod';

const main = resolve(import.meta.dirname, '../../dist/interfaces/cli/main.js');

/** What a command left behind. */
export type Ran = { readonly exit: number; readonly stdout: string; readonly stderr: string };

/** A command that is running. */
export type Running = {
  readonly child: ChildProcess;
  readonly ended: Promise<Ran>;
  /** Resolves with all that was said when standard output or error holds the text; fails when the command ends before. */
  says(text: string): Promise<string>;
};

/** The built command line, called in a folder of its own against one database. */
export type Godwit = {
  readonly cwd: string;
  run(...args: readonly string[]): Promise<Ran>;
  start(...args: readonly string[]): Running;
  remove(): Promise<void>;
};

/** Makes an empty folder and calls godwit in it; `url` is its DATABASE_URL. */
export async function godwitOn(url: string | undefined, env: Readonly<Record<string, string>> = {}): Promise<Godwit> {
  const cwd = await mkdtemp(join(tmpdir(), 'godwit-cli-'));
  const start = (...args: readonly string[]) =>
    startGodwit(args, cwd, { ...env, ...(url === undefined ? {} : { DATABASE_URL: url }) });
  return {
    cwd,
    start,
    run: (...args) => start(...args).ended,
    remove: () => rm(cwd, { recursive: true, force: true }),
  };
}

/** Calls the built command line in a folder, with an empty standard input or the one that is given. */
export function startGodwit(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  input = '',
): Running {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: { ...inherited, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  const ended = once(child, 'close').then(([code]): Ran => ({ exit: Number(code), ...said }));
  return { child, ended, says: (text) => says(text, { child, said }) };
}

async function says(
  text: string,
  { child, said }: { readonly child: ChildProcess; readonly said: { stdout: string; stderr: string } },
): Promise<string> {
  const has = () => said.stdout.includes(text) || said.stderr.includes(text);
  while (!has()) {
    if (child.exitCode !== null) throw new Error(`it ended without saying ${text}: ${said.stdout}${said.stderr}`);
    await Promise.race([
      once(child.stdout ?? child, 'data'),
      once(child.stderr ?? child, 'data'),
      once(child, 'close'),
    ]);
  }
  return `${said.stdout}${said.stderr}`;
}

/** The one JSON document that a command printed with --json. */
export function document<Schema extends z.ZodType>({ stdout, stderr }: Ran, schema: Schema): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(stdout));
  } catch (error) {
    throw new Error(`not the document that was expected: ${stdout}\n${stderr}`, { cause: error });
  }
}

/** What `--json` prints of an error. */
export const errorSchema = z.object({
  error: z.object({ code: z.string(), what: z.string(), why: z.string(), next: z.string() }),
});
