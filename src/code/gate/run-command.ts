import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { shellWord } from '#core/shell';
import type { CheckTool, Reading, Reporting } from '../check-tool.ts';
import { checkTools } from '../check-tools/index.ts';
import type { ManagerProgram } from '../install/manager-program.ts';
import type { ProcessResult, RunProcess } from '../process/run-process.ts';
import type { Check, CheckCommand } from './check.ts';
import { lineEnvironment } from './check-environment.ts';
import type { CheckKind } from './measurement.ts';
import { readJunit } from './read-junit.ts';
import { isTap, readTap } from './read-tap.ts';

/** What running checks takes. */
export type CheckRunner = {
  /** Absolute. */
  readonly root: string;
  readonly manager: ManagerProgram;
  readonly run: RunProcess;
  envFor(kind: CheckKind): Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  /** Gives a path at which nothing stands, outside of the tree. */
  readonly nextFile: () => string;
};

/** A command that ended, with its colours taken out, and what its tool says. */
export type Ran = { readonly result: ProcessResult; readonly reading: Reading | undefined };

/**
 * Runs one command of a check, and reads what its tool reports. A check of types or a linter that fails without a report may
 * not know the words that were added: it is run again with others, and at last as the project calls it, which then counts.
 */
export async function runCommand(
  command: CheckCommand,
  at: Pick<Check, 'in' | 'kind'>,
  runner: CheckRunner,
  signal: AbortSignal,
): Promise<Ran> {
  const tool = checkTools.find(({ id }) => id === command.tool?.id);
  const args = command.tool?.args ?? [];
  const first = await runWith(command, at, { runner, tool, report: tool?.report.bind(tool) }, signal);
  if (!isSilent(first) || at.kind === 'test' || at.kind === 'build') return first;
  const older = tool?.reportOlder?.bind(tool);
  const second = older === undefined ? first : await runWith(command, at, { runner, tool, report: older }, signal);
  const added = tool?.report(runner.nextFile(), args).args ?? [];
  if (!isSilent(second) || added.length === 0) return second;
  const { result } = await runWith(command, at, { runner, tool: undefined, report: undefined }, signal);
  return { result, reading: second.reading };
}

function isSilent({ result, reading }: Ran): boolean {
  return result.exitCode !== 0 && !result.isTimeout && reading?.kind === 'unreadable';
}

type Way = {
  readonly runner: CheckRunner;
  readonly tool: CheckTool | undefined;
  readonly report: CheckTool['report'] | undefined;
};

async function runWith(
  command: CheckCommand,
  { in: folder, kind }: Pick<Check, 'in' | 'kind'>,
  { runner, tool, report }: Way,
  signal: AbortSignal,
): Promise<Ran> {
  const file = runner.nextFile();
  const reporting = report?.(file, command.tool?.args ?? []) ?? {};
  const { words, env } = processOf(command, { in: folder, kind }, { runner, reporting });
  const ran = await runner.run(
    { command: words, cwd: join(runner.root, folder), env, timeoutMs: runner.timeoutMs },
    signal,
  );
  const result = {
    ...ran,
    output: stripVTControlCharacters(ran.output),
    errors: stripVTControlCharacters(ran.errors),
  };
  if (result.isTimeout || isMissing(result)) return { result, reading: undefined };
  const reading = tool?.read({ ...result, report: await reportIn(file) });
  return { result, reading: kind === 'test' ? readableTests(result, reading) : reading };
}

/** Of a runner that is not known, output of a form that is. */
function readableTests({ output }: ProcessResult, reading: Reading | undefined): Reading | undefined {
  if (reading !== undefined && reading.kind !== 'unreadable') return reading;
  if (isTap(output)) return readTap(output);
  return output.includes('<testsuite') ? readJunit(output) : reading;
}

/**
 * A shell ends with 127 where it finds no program of that name, and so does what starts programs here. Some package
 * managers end with 1 then, and only the shell's own words are left.
 */
export function isMissing({ exitCode, output, errors }: ProcessResult): boolean {
  if (exitCode === 127) return true;
  return (
    exitCode !== 0 && /^(\/bin\/)?sh: (line )?(\d+: )?[\w./@-]+: (command )?not found$/m.test(`${output}\n${errors}`)
  );
}

function processOf(
  { run }: CheckCommand,
  { in: folder, kind }: Pick<Check, 'in' | 'kind'>,
  { runner, reporting }: { readonly runner: CheckRunner; readonly reporting: Reporting },
) {
  const { manager, root } = runner;
  const own = runner.envFor(kind);
  const { args = [], nodeOptions } = reporting;
  const joined = [own.NODE_OPTIONS, nodeOptions].filter((part) => part !== undefined && part !== '').join(' ');
  const env = { ...own, ...reporting.env, ...(joined === '' ? {} : { NODE_OPTIONS: joined }) };
  if (run.kind === 'line') {
    const line = [run.line, ...args.map(shellWord)].join(' ');
    return { words: { line }, env: lineEnvironment(env, { root, folder }) } as const;
  }
  const [program, ...before] = manager.words;
  // npm alone keeps what stands in front of `--` for itself.
  const more = args.length > 0 && manager.name === 'npm' ? ['--', ...args] : args;
  return { words: [program, ...before, 'run', run.script, ...more], env } as const;
}

async function reportIn(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
