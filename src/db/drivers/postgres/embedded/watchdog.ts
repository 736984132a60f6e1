import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Account, serverEnv, spawnAccount } from './command.ts';
import type { Machine } from './machine.ts';

export type WatchedCommand = {
  readonly command: readonly string[];
  readonly account: Account;
  readonly machine: Machine;
  /** What the command writes is appended to this file. */
  readonly logFile: string;
  /** How the end is asked for: fast shutdown keeps the data clean, immediate is for data that is thrown away. */
  readonly endSignal: 'INT' | 'QUIT';
  /** Removed after the end; undefined keeps everything. */
  readonly throwAwayDirectory: string | undefined;
};

export type WatchedProcess = {
  /** Settled when the command is no more, by itself or by `end`; true when the watchdog saw it end. */
  readonly ended: Promise<void>;
  readonly hasEnded: () => boolean;
  /** Asks for the end. It has come when `ended` settles. */
  readonly end: () => void;
};

/**
 * A shell stands between us and the server. It holds the reading end of a pipe whose only writing end is ours: when
 * we close it, or are gone for whatever reason (`kill -9` too), the shell ends the server and removes its directory.
 * So there is one way down for all cases, and no signal handlers. It has a session of its own: Ctrl-C at the terminal
 * reaches us, who stop at a safe point, and not the server. POSIX shells start background commands with INT and QUIT
 * ignored until the server sets its own handlers, hence the repeated signal; after 20 s it is KILL.
 */
const watchdogScript = `
log=$1 signal=$2 directory=$3
shift 3
exec 3<&0 </dev/null >>"$log" 2>&1
"$@" 3<&- &
server=$!
(
  while read -r line; do :; done <&3
  [ -z "$directory" ] || : > "$directory/ended"
  times=0
  while [ "$times" -lt 100 ] && kill -s "$signal" "$server"; do times=$((times + 1)); sleep 0.2; done
  kill -s KILL "$server"
) 2>/dev/null &
reader=$!
exec 3<&-
wait "$server"
code=$?
kill "$reader" 2>/dev/null
[ -z "$directory" ] || [ ! -e "$directory/ended" ] || rm -rf -- "$directory" 2>/dev/null
exit "$code"
`;

/** Starts a command that does not outlive this process, and that does not keep this process alive either. */
export async function startWatched(watched: WatchedCommand): Promise<WatchedProcess> {
  const { account, command, endSignal, logFile, machine, throwAwayDirectory } = watched;
  const parameters = ['-c', watchdogScript, 'sh', logFile, endSignal, throwAwayDirectory ?? '', ...command];
  const child = spawn('/bin/sh', parameters, {
    ...spawnAccount(account),
    cwd: '/',
    env: serverEnv(machine.env),
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await once(child, 'spawn');
  child.unref();
  unrefPipe(child);
  return watch(child);
}

function watch(child: ChildProcess): WatchedProcess {
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      hasEnded = true;
      resolve();
    });
  });
  child.stdin?.on('error', () => child.stdin?.destroy());
  return {
    ended,
    hasEnded: () => hasEnded,
    end: () => {
      child.ref();
      child.stdin?.end();
    },
  };
}

/** The pipe is a socket in truth, which can be told not to keep the process alive; the types know only a Writable. */
function unrefPipe(child: ChildProcess): void {
  const pipe: unknown = child.stdin;
  if (typeof pipe === 'object' && pipe !== null && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref();
}
