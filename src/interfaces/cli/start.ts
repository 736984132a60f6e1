import { runCommandLine } from './run-command-line.ts';

/** Runs the command line of this process and resolves with its exit code. */
export async function start(version: string): Promise<number> {
  if (process.argv[2] === 'lint') {
    const { warmLint } = await import('#app/lint/warm-lint');
    warmLint();
  }
  return await runCommandLine({ version, process });
}
