import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { jsonOf } from '../text/read-data.ts';
import { forgetKept, keepText, readIfThere } from '../tree/tree.ts';
import type { RunProcess } from './run-process.ts';

const processSchema = z.object({ pid: z.int().min(1), began: z.string() });
const noteSchema = processSchema.extend({ runner: processSchema });

/** Who has not ended so long after SIGTERM is killed; it is looked for in steps of `lookMs`. */
const graceMs = 10_000;
const lookMs = 100;
const psTimeoutMs = 10_000;

/**
 * Runs programs so that what outlives its runner is found again: while one runs, a file of the folder names its process group
 * and when that began. After `kill -9` of the runner a package manager goes on by itself, and must not meet a second one.
 */
export function notedRun(run: RunProcess, folder: string): RunProcess {
  let runner: Promise<Known | undefined> | undefined;
  return async (request, signal) => {
    let noted: Promise<string | undefined> = Promise.resolve(undefined);
    const onStart = (pid: number): void => {
      runner ??= known(run, process.pid);
      noted = note(run, folder, { pid, runner });
      // A note that cannot be written is no reason to stop the program; it is awaited below.
      noted.catch(() => undefined);
    };
    try {
      return await run({ ...request, onStart }, signal);
    } finally {
      const file = await noted.catch(() => undefined);
      if (file !== undefined) await forgetKept(file);
    }
  };
}

async function note(
  run: RunProcess,
  folder: string,
  { pid, runner }: { readonly pid: number; readonly runner: Promise<Known | undefined> },
): Promise<string | undefined> {
  const [child, by] = [await known(run, pid), await runner];
  if (child === undefined || by === undefined) return undefined;
  const file = join(folder, `${pid}.json`);
  await keepText(file, JSON.stringify({ ...child, runner: by }));
  return file;
}

async function known(run: RunProcess, pid: number): Promise<Known | undefined> {
  const began = await beganAt(run, pid);
  return began === undefined ? undefined : { pid, began };
}

/** Ends what an earlier runner has left running, and waits until it is gone. Resolves with how many programs that were. */
export async function endLeftRunning(run: RunProcess, folder: string, signal: AbortSignal): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  let ended = 0;
  for (const name of names.filter((one) => one.endsWith('.json'))) {
    const file = join(folder, name);
    const parsed = noteSchema.safeParse(jsonOf((await readIfThere(file)) ?? ''));
    // Its runner is at work: in this process, or in another terminal.
    if (parsed.success && (await isStillThere(run, parsed.data.runner))) continue;
    if (parsed.success && (await isStillThere(run, parsed.data))) {
      await end(run, parsed.data, signal);
      ended += 1;
    }
    await forgetKept(file);
  }
  return ended;
}

type Known = z.infer<typeof processSchema>;

/** The number of a process is given again; the moment at which it began tells one from the other. */
async function isStillThere(run: RunProcess, { pid, began }: Known): Promise<boolean> {
  return (await beganAt(run, pid)) === began;
}

async function end(run: RunProcess, left: Known, signal: AbortSignal): Promise<void> {
  endGroup(left.pid, 'SIGTERM');
  for (let waited = 0; waited < graceMs; waited += lookMs) {
    if (!(await isStillThere(run, left))) return;
    await wait(lookMs, undefined, { signal });
  }
  endGroup(left.pid, 'SIGKILL');
}

function endGroup(pid: number, how: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(-pid, how);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM'))) throw error;
  }
}

/** When a process began, as `ps` says it; undefined where it is not there, is only not yet buried, or there is no `ps`. */
async function beganAt(run: RunProcess, pid: number): Promise<string | undefined> {
  const request = {
    command: ['ps', '-o', 'stat=,lstart=', '-p', String(pid)],
    cwd: '/',
    env: { ...process.env, LC_ALL: 'C' },
    timeoutMs: psTimeoutMs,
  } as const;
  const { exitCode, output } = await run(request, new AbortController().signal);
  const [, state = 'Z', began = ''] = /^\s*(\S+)\s+(\S.*?)\s*$/.exec(output) ?? [];
  return exitCode !== 0 || state.startsWith('Z') || began === '' ? undefined : began;
}
