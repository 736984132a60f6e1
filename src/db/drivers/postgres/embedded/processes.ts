import { readFile, readlink } from 'node:fs/promises';
import { runCommand, serverEnv } from './command.ts';
import type { Machine } from './machine.ts';

const psTimeoutMs = 5_000;

/**
 * A name part that says which process owns a directory: pid namespace, pid and start time, so that neither a pid
 * used again nor another container with the same temporary directory is taken for the owner.
 */
export async function ownerTag(machine: Machine): Promise<string> {
  return `${await pidNamespace()}-${machine.pid}-${(await startOf(machine.pid, machine)) ?? '0'}`;
}

/** The pid namespace as a number, 0 where the system has none. */
export async function pidNamespace(): Promise<string> {
  const link = await readlink('/proc/self/ns/pid').catch(() => '');
  return /\d+/.exec(link)?.[0] ?? '0';
}

/** When the process started (in the system's own unit, only to be compared), undefined when there is no such process. */
export async function startOf(pid: number, machine: Machine): Promise<string | undefined> {
  if (machine.platform !== 'linux') {
    const started = await ps(pid, 'lstart=', machine);
    return started === undefined ? undefined : String(Date.parse(started));
  }
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // proc(5): field 22 is starttime; the name in field 2 may hold spaces, so count from the last parenthesis. A
  // zombie (state Z) is as good as gone.
  const [state, ...fields] = line?.slice(line.lastIndexOf(')') + 2).split(' ') ?? [];
  return state === 'Z' ? undefined : fields[18];
}

/** The command line of the process, empty when there is no such process. */
export async function commandLineOf(pid: number, machine: Machine): Promise<string> {
  if (machine.platform !== 'linux') return (await ps(pid, 'command=', machine)) ?? '';
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return line.replaceAll('\0', ' ');
}

async function ps(pid: number, column: string, machine: Machine): Promise<string | undefined> {
  const { isDone, output } = await runCommand('ps', ['-p', String(pid), '-o', column], {
    env: serverEnv(machine.env),
    timeoutMs: psTimeoutMs,
  });
  return isDone && output !== '' ? output : undefined;
}
