import { verbs } from '#app/verbs/index';
import { commands } from './commands/index.ts';
import { readSpoken } from './plain-words.ts';
import { runCommandLine } from './run-command-line.ts';

/** Runs the command line of this process and resolves with its exit code. */
export async function start(version: string): Promise<number> {
  return await runCommandLine({ version, process, verbs, commands, read: readSpoken });
}
