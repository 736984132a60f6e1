import { spawn } from 'node:child_process';

/** A program, or a line for the shell, to run in a folder. */
export type ProcessRequest = {
  readonly command: readonly [file: string, ...args: readonly string[]] | { readonly line: string };
  /** Absolute. */
  readonly cwd: string;
  /** The whole environment of the program. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input?: string | undefined;
  readonly timeoutMs: number;
  /** Told the number of the process, which leads a process group of its own. */
  readonly onStart?: ((pid: number) => void) | undefined;
};

/** What it left behind. Of each stream at most the last 32 MiB characters are kept. */
export type ProcessResult = {
  /** 127 where the program is missing, 128 where a signal ended it. */
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
  readonly isTimeout: boolean;
};

/** Runs a program to its end. On abort it and its children are ended, and the promise rejects with `signal.reason`. */
export type RunProcess = (request: ProcessRequest, signal: AbortSignal) => Promise<ProcessResult>;

const keptCharacters = 32 * 1_048_576;
/** Who has not ended so long after SIGTERM is killed. */
const graceMs = 5_000;

export const runProcess: RunProcess = (request, signal) => {
  signal.throwIfAborted();
  const { command, cwd, env } = request;
  const options = { cwd, env, detached: true };
  const child =
    'line' in command ? spawn(command.line, { ...options, shell: true }) : spawn(command[0], command.slice(1), options);
  if (child.pid !== undefined) request.onStart?.(child.pid);
  const kept = { output: '', errors: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    kept.output = (kept.output + text).slice(-keptCharacters);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    kept.errors = (kept.errors + text).slice(-keptCharacters);
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(request.input);
  let isTimeout = false;
  let kill: NodeJS.Timeout | undefined;
  const stop = (): void => {
    endGroup(child.pid, 'SIGTERM');
    kill ??= setTimeout(() => endGroup(child.pid, 'SIGKILL'), graceMs);
  };
  const timer = setTimeout(() => {
    isTimeout = true;
    stop();
  }, request.timeoutMs);
  signal.addEventListener('abort', stop, { once: true });
  const cleanUp = (): void => {
    clearTimeout(timer);
    clearTimeout(kill);
    signal.removeEventListener('abort', stop);
  };
  return new Promise((resolve, reject) => {
    child.on('error', (error) => {
      cleanUp();
      resolve({ exitCode: 127, output: kept.output, errors: error.message, isTimeout });
    });
    child.on('close', (code, killedBy) => {
      cleanUp();
      if (signal.aborted) return reject(signal.reason instanceof Error ? signal.reason : new Error('stopped'));
      const errors = killedBy === null ? kept.errors : `${kept.errors}\nended by ${killedBy}`;
      resolve({ exitCode: code ?? 128, output: kept.output, errors, isTimeout });
    });
  });
};

/** A detached child leads its own process group (Node's child_process, `options.detached`), so that its children end with it. */
export function endGroup(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
