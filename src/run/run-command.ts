import { spawn } from 'node:child_process';
import type { Command, CommandResult, RunCommand } from './surroundings.ts';

/** How much of each stream is kept. */
const keptCharacters = 16_384;

/**
 * Runs commands in a folder with an environment. A shell line goes to `/bin/sh -c` (`cmd.exe` on Windows).
 * Resolves with any exit code, 127 where the program is missing; on abort the process and its children are ended
 * and the promise rejects with `signal.reason`.
 */
export function commandRunner(place: {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}): RunCommand {
  return async (command, signal) => runCommand(command, place, signal);
}

function runCommand(
  command: Command,
  place: Parameters<typeof commandRunner>[0],
  signal: AbortSignal,
): Promise<CommandResult> {
  signal.throwIfAborted();
  const child =
    command.kind === 'shell'
      ? spawn(command.line, { ...place, shell: true, detached: true })
      : spawn(command.file, command.args, { ...place, detached: true });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-keptCharacters);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-keptCharacters);
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(command.kind === 'program' ? command.input : undefined);
  return new Promise((resolve, reject) => {
    const stop = (): void => endGroup(child.pid);
    signal.addEventListener('abort', stop, { once: true });
    child.on('error', (error) => {
      signal.removeEventListener('abort', stop);
      resolve({ exitCode: 127, output, errors: error.message });
    });
    child.on('close', (code, killedBy) => {
      signal.removeEventListener('abort', stop);
      if (signal.aborted) reject(signal.reason instanceof Error ? signal.reason : new Error('stopped'));
      else
        resolve({
          exitCode: code ?? 128,
          output,
          errors: killedBy === null ? errors : `${errors}\nended by ${killedBy}`,
        });
    });
  });
}

/** A detached child leads its own process group (Node's child_process, `options.detached`), so that its children end with it. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
