import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionContext } from '#core/executor';
import type { ManagerProgram } from '../install/manager-program.ts';
import type { RunProcess } from '../process/run-process.ts';
import { parseRuntimeWarnings, warningOptions } from '../process/runtime-warnings.ts';
import type { RuntimeWarning, TypescriptSettings, Unknown } from '../snapshot.ts';
import type { Check } from './check.ts';
import { checkEnvironment } from './check-environment.ts';
import { compiledOnce } from './compiled-once.ts';
import type { lintConfigsOf } from './lint-configs.ts';
import { withManagerInPath } from './manager-in-path.ts';
import type { CheckResult, GateMeasurement } from './measurement.ts';
import { resultOf } from './result-of.ts';
import { type CheckRunner, isMissing, type Ran, runCommand } from './run-command.ts';
import { withSecondRun } from './second-run.ts';
import { strictnessOf } from './strictness.ts';

/** What measuring takes. */
export type MeasureGate = {
  /** Absolute. */
  readonly root: string;
  /** From `detectChecks` on this very tree. */
  readonly checks: readonly Check[];
  /** Files of the tree by path from its root, as `walkTree` gives them: in them escapes are looked for. */
  readonly files: readonly string[];
  readonly manager: ManagerProgram;
  readonly run: RunProcess;
  /** The user's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** An empty folder outside of the tree, for reports. Whoever made it removes it. */
  readonly scratch: string;
  readonly nowMs: () => number;
  /** For each command. */
  readonly timeoutMs: number;
  /** The baseline: a test that passed there and fails here is run once again before it counts. */
  readonly before?: GateMeasurement | undefined;
  /** Whether deprecation warnings of Node are collected while the tests run. */
  readonly warnings: 'collect' | 'leave';
  /** TypeScript settings of the tree: how strict they are is part of the measurement. */
  readonly typescript?: readonly TypescriptSettings[] | undefined;
  /** What `detectChecks` left out. */
  readonly leftOut?: readonly Unknown[] | undefined;
  /** Told before each check, with the number of those that are done. */
  readonly progress?: ExecutionContext['progress'] | undefined;
};

/**
 * Runs the checks of a tree one after the other and returns what they say as data, escapes in its own sources included.
 * Checks that fail, are missing or take too long are results and no errors. Nothing is written into the tree but by the
 * checks themselves. On abort the running command is ended and the signal's reason is thrown.
 */
export async function measureGate(options: MeasureGate, signal: AbortSignal): Promise<GateMeasurement> {
  const { root, checks, scratch, files, before } = options;
  const warningsFile = join(scratch, 'warnings.txt');
  const env = await withManagerInPath(options.env, options.manager, join(scratch, 'programs'));
  const runner = runnerOf({ ...options, env }, options.warnings === 'collect' ? warningsFile : undefined);
  const roots = [...new Set([root, await realpath(root)])];
  const results: CheckResult[] = [];
  const run = compiledOnce(runCommand);
  for (const [done, check] of checks.entries()) {
    signal.throwIfAborted();
    options.progress?.({ done, total: checks.length, unit: 'checks' });
    const measure = () => runCheck(check, runner, { roots, nowMs: options.nowMs, run }, signal);
    const result = await measure();
    results.push(check.kind === 'test' ? await withSecondRun(result, before, measure) : ownLint(result, files));
  }
  const { escapesIn, isSource } = await import('./escapes.ts');
  const sources = files.filter(isSource).toSorted();
  const escapes = await escapesIn(root, sources, signal);
  const asked = await lintConfigs(options, sources, signal);
  return {
    version: 1,
    checks: results,
    escapes: escapes.escapes,
    sources,
    ...(options.typescript === undefined ? {} : { strictness: strictnessOf(options.typescript) }),
    ...(asked.lintConfigs.length === 0 ? {} : { lintConfigs: asked.lintConfigs }),
    ...(options.warnings === 'collect' ? { warnings: await warningsIn(warningsFile, root) } : {}),
    unknown: [...(options.leftOut ?? []), ...escapes.unknown, ...asked.unknown],
  };
}

/** A linter may look into what the build has just written, under names that differ each time: that is nobody's code. */
function ownLint(result: CheckResult, files: readonly string[]): CheckResult {
  if (result.lint === undefined) return result;
  const own = new Set(files);
  return { ...result, lint: result.lint.filter(({ file }) => file === undefined || own.has(file)) };
}

async function lintConfigs(
  { root, checks, run, env, timeoutMs }: MeasureGate,
  sources: readonly string[],
  signal: AbortSignal,
): ReturnType<typeof lintConfigsOf> {
  if (!checks.some(({ commands }) => commands.some(({ tool }) => tool?.id === 'eslint')))
    return { lintConfigs: [], unknown: [] };
  const ask = await import('./lint-configs.ts');
  return ask.lintConfigsOf({ root, checks, sources, run, env: checkEnvironment(env, 'lint'), timeoutMs }, signal);
}

function runnerOf(
  { root, manager, run, env, scratch, timeoutMs }: MeasureGate,
  warningsFile: string | undefined,
): CheckRunner {
  let count = 0;
  return {
    root,
    manager,
    run,
    timeoutMs,
    envFor: (kind) => {
      const clean = checkEnvironment(env, kind);
      if (kind !== 'test' || warningsFile === undefined) return clean;
      return { ...clean, NODE_OPTIONS: warningOptions(warningsFile, clean.NODE_OPTIONS) };
    },
    nextFile: () => {
      count += 1;
      return join(scratch, `report-${count}.json`);
    },
  };
}

type Surroundings = {
  readonly roots: readonly string[];
  readonly nowMs: () => number;
  readonly run: typeof runCommand;
};

/** Linters look at one thing after another and all are heard; anything else ends with the first command that fails. */
async function runCheck(
  check: Check,
  runner: CheckRunner,
  { roots, nowMs, run }: Surroundings,
  signal: AbortSignal,
): Promise<CheckResult> {
  const startMs = nowMs();
  const runs: Ran[] = [];
  for (const command of check.commands) {
    const ran = await run(command, check, runner, signal);
    runs.push(ran);
    if (isMissing(ran.result) || (ran.result.exitCode !== 0 && (check.kind === 'build' || check.kind === 'test')))
      break;
  }
  return resultOf({ check, runs, ms: nowMs() - startMs }, { roots, folder: check.in });
}

async function warningsIn(file: string, root: string): Promise<readonly RuntimeWarning[]> {
  try {
    return parseRuntimeWarnings(await readFile(file, 'utf8'), root);
  } catch (error) {
    // Node writes the file at the first warning.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
