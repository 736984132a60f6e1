import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { provideBinaries } from '#db/drivers/postgres/embedded/binaries';
import { exists } from '#db/drivers/postgres/embedded/cache';
import { type Machine, thisMachine } from '#db/drivers/postgres/embedded/machine';

const isLinux = process.platform === 'linux';
const compiled = resolve(import.meta.dirname, '../../dist/db/drivers/postgres/embedded');

/**
 * This machine with a temporary directory and a cache of its own below `place`: nothing is cached yet, and no other
 * test is in the way.
 */
export async function machineIn(place: string): Promise<Machine> {
  const temporaryDirectory = join(place, 'tmp');
  await mkdir(temporaryDirectory, { recursive: true });
  await chmod(place, 0o755);
  await chmod(temporaryDirectory, 0o1777);
  return { ...thisMachine(), temporaryDirectory, cacheDirectory: join(place, 'cache') };
}

/** Waits until the claim holds; fails after 20 s. */
export async function until(claim: string, holds: () => Promise<boolean>): Promise<void> {
  for (let waitedMs = 0; waitedMs < 20_000; waitedMs += 20) {
    if (await holds()) return;
    await setTimeout(20);
  }
  throw new Error(`It did not come true within 20 s that ${claim}.`);
}

/** True when neither the directory nor any process that runs on it is there. */
export async function isGone(directory: string): Promise<boolean> {
  return !(await exists(directory)) && (await processesOf(directory)).length === 0;
}

/** The processes with the text in their command line. */
export async function processesOf(text: string): Promise<readonly { pid: number; command: string }[]> {
  const list = isLinux ? listOfProc() : listOfPs();
  return (await list).filter(({ command, pid }) => command.includes(text) && pid !== process.pid);
}

async function listOfProc(): Promise<{ pid: number; command: string }[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  return Promise.all(
    pids.map(async (pid) => ({ pid, command: await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') })),
  );
}

async function listOfPs(): Promise<{ pid: number; command: string }[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,command=']);
  return stdout.split('\n').map((line) => ({ pid: Number.parseInt(line, 10), command: line.replace(/^\s*\d+\s/, '') }));
}

/** A copy of the installed package as npm unpacks it when it runs no install scripts: without its links. */
export async function packageWithoutLinks(to: string): Promise<string> {
  const account = { uid: 0, gid: 0, isOther: false };
  const request = {
    major: 18,
    machine: thisMachine(),
    account,
    cache: to,
    packageDirectory: undefined,
    signal: undefined,
  };
  const { directory } = await provideBinaries(request);
  await mkdir(dirname(to), { recursive: true });
  await cp(dirname(directory), to, { recursive: true, verbatimSymlinks: true });
  const links: { target: string }[] = JSON.parse(await readFile(join(to, 'native/pg-symlinks.json'), 'utf8'));
  for (const { target } of links) await rm(join(to, target), { force: true });
  return to;
}

/** A server in a process of its own. */
export type Child = {
  readonly url: string;
  readonly directory: string;
  readonly ended: Promise<unknown>;
  readonly end: (how: 'SIGKILL' | 'SIGTERM' | 'SIGINT' | 'exit') => void;
};

export type ChildOptions = {
  readonly packageDirectory?: string;
  readonly account?: { readonly uid: number; readonly gid: number } | undefined;
};

/** Starts a server in a process of its own, as the account where one is given. */
export async function startChild(
  { cacheDirectory, temporaryDirectory }: Machine,
  { account, packageDirectory }: ChildOptions,
): Promise<Child> {
  const script = `
    const [input] = process.argv.slice(1);
    const { account, options, machine, compiled } = JSON.parse(input);
    const { startEmbedded } = await import(compiled + '/start-embedded.js');
    const { thisMachine } = await import(compiled + '/machine.js');
    if (account) { process.setgroups([]); process.setgid(account.gid); process.setuid(account.uid); }
    const { url, directory } = await startEmbedded({ ...options, durable: false, machine: { ...thisMachine(), ...machine } });
    console.log(JSON.stringify({ url, directory }));
    process.stdin.on('end', () => process.exit(0)).resume();
  `;
  const input = { account, options: { packageDirectory }, machine: { cacheDirectory, temporaryDirectory }, compiled };
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, JSON.stringify(input)], {
    cwd: '/',
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [line] = await Promise.race([once(child.stdout, 'data'), ended]);
  const { directory, url }: { directory: string; url: string } = JSON.parse(String(line));
  return { url, directory, ended, end: (how) => (how === 'exit' ? child.stdin.end() : child.kill(how)) };
}
