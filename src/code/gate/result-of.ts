import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reading } from '../check-tool.ts';
import type { Check } from './check.ts';
import type { CheckResult } from './measurement.ts';
import { type Ground, ownPath, withoutRoot } from './own-path.ts';
import { isMissing, type Ran } from './run-command.ts';

const linesKept = 20;
const lineLengthMax = 500;

/** What the commands of a check say together. Paths are the tree's own, and each problem has the text of its line. */
export async function resultOf(
  { check, runs, ms }: { readonly check: Check; readonly runs: readonly Ran[]; readonly ms: number },
  ground: Ground,
): Promise<CheckResult> {
  const failed = runs.find(({ result }) => result.exitCode !== 0 || result.isTimeout);
  const readings = runs.flatMap(({ reading }) => (reading === undefined ? [] : [reading]));
  const unreadable = unreadableOf(check, runs);
  return {
    kind: check.kind,
    in: check.in,
    commands: check.commands.map(({ shown }) => shown),
    tools: [...new Set(check.commands.flatMap(({ tool }) => (tool === undefined ? [] : [tool.id])))],
    state: stateOf(failed),
    exitCode: failed?.result.exitCode ?? 0,
    ms: Math.round(ms),
    lastLines: lastLinesOf(failed ?? runs.at(-1), ground),
    ...(await detailsOf(readings, ground)),
    ...(unreadable === undefined ? {} : { unreadable: withoutRoot(unreadable, ground) }),
  };
}

/** A command without a report matters where it failed, or where no other has one. */
function unreadableOf({ commands }: Check, runs: readonly Ran[]): string | undefined {
  const silent = runs.flatMap(({ reading, result }, at) => {
    if (reading?.kind !== 'unreadable') return [];
    const shown = commands.length === 1 ? undefined : commands[at]?.shown;
    return [{ why: `${shown === undefined ? '' : `\`${shown}\`: `}${reading.why}`, isFailed: result.exitCode !== 0 }];
  });
  const isAny = runs.some(({ reading }) => reading !== undefined && reading.kind !== 'unreadable');
  return (silent.find(({ isFailed }) => isFailed) ?? (isAny ? undefined : silent[0]))?.why;
}

function stateOf(failed: Ran | undefined): CheckResult['state'] {
  if (failed === undefined) return 'passed';
  if (failed.result.isTimeout) return 'timeout';
  return isMissing(failed.result) ? 'missing' : 'failed';
}

function lastLinesOf(ran: Ran | undefined, ground: Ground): readonly string[] {
  if (ran === undefined) return [];
  const lines = `${ran.result.output}\n${ran.result.errors}`.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.slice(-linesKept).map((line) => withoutRoot(line.slice(0, lineLengthMax), ground));
}

async function detailsOf(readings: readonly Reading[], ground: Ground): Promise<Partial<CheckResult>> {
  const textAt = lineReader(ground);
  const types = readings.flatMap((reading) => (reading.kind === 'types' ? reading.problems : []));
  const lint = readings.flatMap((reading) => (reading.kind === 'lint' ? reading.problems : []));
  const tests = readings.flatMap((reading) => (reading.kind === 'test' ? reading.tests : []));
  const has = (kind: Reading['kind']): boolean => readings.some((reading) => reading.kind === kind);
  return {
    ...(has('types') ? { types: await placed(types, { ground, textAt }) } : {}),
    ...(has('lint') ? { lint: await placed(lint, { ground, textAt }) } : {}),
    ...(has('test')
      ? {
          tests: tests.map((test) => ({
            ...test,
            ...(test.file === undefined ? {} : { file: ownPath(test.file, ground) }),
            ...(test.message === undefined ? {} : { message: withoutRoot(test.message, ground) }),
          })),
        }
      : {}),
  };
}

type Placed = { readonly file?: string | undefined; readonly line?: number | undefined; readonly message: string };
type TextAt = (file: string, line: number) => Promise<string | undefined>;

async function placed<Problem extends Placed>(
  problems: readonly Problem[],
  { ground, textAt }: { readonly ground: Ground; readonly textAt: TextAt },
): Promise<readonly (Problem & { readonly text?: string })[]> {
  const result: (Problem & { readonly text?: string })[] = [];
  for (const problem of problems) {
    const message = withoutRoot(problem.message, ground);
    if (problem.file === undefined) {
      result.push({ ...problem, message });
      continue;
    }
    const file = ownPath(problem.file, ground);
    const text = problem.line === undefined ? undefined : await textAt(file, problem.line);
    result.push({ ...problem, file, message, ...(text === undefined ? {} : { text }) });
  }
  return result;
}

/** Lines of the files of a report; a file that cannot be read has none. */
function lineReader({ roots: [root = ''] }: Ground): TextAt {
  const known = new Map<string, readonly string[]>();
  return async (file, line) => {
    const lines = known.get(file) ?? (await linesOf(join(root, file)));
    known.set(file, lines);
    return lines[line - 1]?.trim().slice(0, lineLengthMax);
  };
}

async function linesOf(path: string): Promise<readonly string[]> {
  try {
    return (await readFile(path, 'utf8')).split('\n');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
}
