import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fail } from '#core/error';
import type { ClusterRequest } from './cluster.ts';
import { startOf } from './processes.ts';
import { startWatched, type WatchedProcess } from './watchdog.ts';

export type Launched = { readonly port: number; readonly server: WatchedProcess };

const portTriesMax = 5;
const readyTimeoutMs = 60_000;
const pollMs = 5;

/** Starts the server on the data below `home` and waits until it takes connections. Throws `embedded-missing`. */
export async function launch(home: string, isThrownAway: boolean, request: ClusterRequest): Promise<Launched> {
  for (let tries = 1; ; tries++) {
    const port = await request.machine.findFreePort();
    const server = await startServer(home, port, isThrownAway, request);
    try {
      if (await isReady(home, port, server, request)) return { port, server };
      const log = (await readFile(logOf(home), 'utf8').catch(() => '')).trim().split('\n').slice(-8).join('\n');
      // Somebody took the port between our look and the server's: then another one.
      if (tries < portTriesMax && server.hasEnded() && log.includes('could not bind')) continue;
      throw notStarted(request, log);
    } catch (error) {
      server.end();
      await server.ended;
      throw error;
    }
  }
}

function startServer(
  home: string,
  port: number,
  isThrownAway: boolean,
  { account, binaries, machine }: ClusterRequest,
) {
  const program = join(binaries.directory, 'bin', 'postgres');
  const network = ['-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
  return startWatched({
    command: [program, '-D', join(home, 'data'), ...network],
    account,
    machine,
    logFile: logOf(home),
    endSignal: isThrownAway ? 'QUIT' : 'INT',
    throwAwayDirectory: isThrownAway ? home : undefined,
  });
}

function logOf(home: string): string {
  return join(home, 'server.log');
}

/**
 * True when the server takes connections: line 8 of postmaster.pid says so since PostgreSQL 10 (pidfile.h);
 * a standby's says `standby`. The port
 * in line 4 and the process in line 1 tell our server's file from one that a crash left.
 */
async function isReady(
  home: string,
  port: number,
  server: WatchedProcess,
  { machine, signal }: ClusterRequest,
): Promise<boolean> {
  const file = join(home, 'data', 'postmaster.pid');
  const deadline = performance.now() + readyTimeoutMs;
  while (!server.hasEnded() && performance.now() < deadline) {
    const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
    const isReady = lines[3] === String(port) && ['ready', 'standby'].includes(lines[7]?.trim() ?? '');
    if (isReady && (await startOf(Number(lines[0]), machine)) !== undefined) return true;
    await setTimeout(pollMs, undefined, signal === undefined ? {} : { signal });
  }
  return false;
}

function notStarted({ binaries }: ClusterRequest, log: string): Error {
  return fail('embedded-missing', {
    what: `The embedded PostgreSQL ${binaries.packageVersion} did not start.`,
    why: log === '' ? 'It said nothing.' : `It said: ${log}`,
    next: 'Mend what the message names, or name a server of your own with --db URL.',
  });
}
