import { spawnSync } from 'node:child_process';
import { type HookAnswer, stopped } from './answer-hook.ts';

/** Below the ten seconds of plugin/hooks/hooks.json: an assistant lets a command through whose hook has not answered by then. */
export const deadlineMs = 7_000;

/**
 * Has a program of Node judge what stands in `text`, and stops the tool where it has not answered in time, whatever it
 * hangs at: a process of its own can be ended at any point. Nothing is thrown.
 */
export function answerWithin(ms: number, program: readonly string[], text: string): HookAnswer {
  const { status, stdout, stderr, signal, error } = spawnSync(process.execPath, program, {
    input: text,
    timeout: ms,
    killSignal: 'SIGKILL',
    encoding: 'utf8',
    windowsHide: true,
  });
  if (status === 0 || status === 2) return { exit: status, stdout, stderr };
  const isLate = signal === 'SIGKILL' && error !== undefined;
  const why = isLate ? `within ${ms / 1000} s` : 'at all';
  return stopped(
    `The guard of godwit could not judge this ${why}, and lets nothing through that it has not judged. Say it in shorter commands.`,
  );
}
