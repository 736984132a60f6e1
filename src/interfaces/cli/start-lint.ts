import { warmLint } from '#app/lint/warm-lint';
import { lint } from '#app/verbs/lint';
import { readNames } from './read.ts';
import { runCommandLine } from './run-command-line.ts';

/** Runs `godwit lint`, as `start.ts` does: what editors and hooks call for each file does not wait for other verbs to be read. */
export async function start(version: string): Promise<number> {
  warmLint();
  return await runCommandLine({ version, process, verbs: [lint], commands: [], read: readNames });
}
