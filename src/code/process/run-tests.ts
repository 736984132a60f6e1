import { readFile } from 'node:fs/promises';
import type { PackageManagerName, TestRun, Unknown } from '../snapshot.ts';
import { parseRuntimeWarnings, warningOptions } from './runtime-warnings.ts';

/** How the tests of a tree are run. */
export type RunTests = {
  /** Runs a shell line in the root with these variables over the environment, and gives its exit code. */
  readonly run: (line: string, env: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<number>;
  /** A path at which nothing stands yet, outside of the tree. */
  readonly warningsFile: string;
  readonly nodeOptions: string | undefined;
  readonly timeoutMs: number;
};

type Tests = { readonly testRun?: TestRun; readonly unknown: readonly Unknown[] };

/**
 * Runs the script `test` of the root and collects the deprecation warnings of every Node process in it. Tests that fail
 * are told by their exit code and are no error. On abort the processes are ended and the signal's reason is thrown.
 */
export async function runTests(
  tree: { readonly root: string; readonly script: string | undefined; readonly manager: PackageManagerName },
  { run, warningsFile, nodeOptions, timeoutMs }: RunTests,
  signal: AbortSignal,
): Promise<Tests> {
  const { root, script, manager } = tree;
  const what = 'runtime deprecation warnings';
  if (script === undefined || script.includes('no test specified')) {
    return { unknown: [{ what, why: 'package.json has no script `test`.' }] };
  }
  const command = `${manager} run test`;
  const timeout = AbortSignal.timeout(timeoutMs);
  const env = { NODE_OPTIONS: warningOptions(warningsFile, nodeOptions), CI: 'true' };
  try {
    const exitCode = await run(command, env, AbortSignal.any([signal, timeout]));
    return { testRun: { command, exitCode, warnings: await warningsIn(warningsFile, root) }, unknown: [] };
  } catch (error) {
    if (signal.aborted || !timeout.aborted) throw error;
    const why = `\`${command}\` was still running after ${Math.round(timeoutMs / 1_000)} s and was ended.`;
    return { testRun: { command, warnings: await warningsIn(warningsFile, root) }, unknown: [{ what, why }] };
  }
}

async function warningsIn(file: string, root: string) {
  try {
    return parseRuntimeWarnings(await readFile(file, 'utf8'), root);
  } catch (error) {
    // Node writes the file at the first warning.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
