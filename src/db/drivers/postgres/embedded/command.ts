import { execFile } from 'node:child_process';

/** The user id under which a command runs. */
export type Account = {
  readonly uid: number;
  readonly gid: number;
  /** True where the account is not the one that we run as ourselves. */
  readonly isOther: boolean;
};

export type CommandOptions = {
  readonly account?: Account | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly directory?: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
};

export type CommandResult = {
  readonly isDone: boolean;
  /** What it wrote to both outputs, or the system's message where it could not be started. */
  readonly output: string;
};

const removeTimeoutMs = 60_000;

/** Runs a program to its end. A program that fails is a result; only an abort throws. */
export function runCommand(
  file: string,
  parameters: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  options.signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    execFile(
      file,
      [...parameters],
      {
        ...spawnAccount(options.account),
        env: { ...options.env },
        cwd: options.directory ?? '/',
        timeout: options.timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: 16 * 1024 * 1024,
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      },
      (error, stdout, stderr) => {
        if (options.signal?.aborted) reject(options.signal.reason);
        else resolve({ isDone: error === null, output: `${stdout}${stderr}`.trim() || (error?.message ?? '') });
      },
    );
  });
}

/** The part of spawn's options that changes the user; empty for our own. */
export function spawnAccount(account: Account | undefined): { readonly uid?: number; readonly gid?: number } {
  return account?.isOther ? { uid: account.uid, gid: account.gid } : {};
}

/** The environment of the server's programs: nothing of ours that could change how they behave (PG*, LC_*, LD_*). */
export function serverEnv(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return { PATH: env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

/**
 * Removes a directory, with no more rights than the account has. What a program that is just ending still writes
 * there may be left: the next start's sweep takes it.
 */
export async function removeDirectory(
  directory: string,
  account: Account | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  await runCommand('rm', ['-rf', '--', directory], { account, env: serverEnv(env), timeoutMs: removeTimeoutMs });
}
