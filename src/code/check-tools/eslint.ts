import * as z from 'zod';
import type { CheckTool, Reading, ToolRun } from '../check-tool.ts';
import { lastError } from '../gate/ended-early.ts';
import { firstWords } from '../gate/first-words.ts';
import { jsonIn } from '../gate/json-in.ts';
import type { LintProblem } from '../gate/measurement.ts';
import { withoutFlags } from '../gate/without-flags.ts';
import { jsonOf } from '../text/read-data.ts';

/** ESLint, and what calls it with its own flags. A cache of results is not used: it would be written into the tree. */
export const eslint: CheckTool = {
  id: 'eslint',
  kind: 'lint',
  programs: ['eslint', 'next', 'eslint_d'],
  isCheck: ([command = ''], program) =>
    program === 'next' ? command === 'lint' : !/^--(init|print-config|version|help)$/.test(command),
  once: (args) =>
    withoutFlags(args, {
      '--fix': 'alone',
      '--fix-dry-run': 'alone',
      '--fix-type': 'with-value',
      '--cache': 'alone',
      '--cache-file': 'with-value',
      '--cache-location': 'with-value',
      '--cache-strategy': 'with-value',
      '-f': 'with-value',
      '--format': 'with-value',
      '-o': 'with-value',
      '--output-file': 'with-value',
      '--color': 'alone',
    }),
  report: (file) => ({ args: ['--format', 'json', '--output-file', file] }),
  read: (run) => readEslint(run.report === undefined ? jsonIn(run.output) : jsonOf(run.report), run),
};

const resultsSchema = z.array(
  z.object({
    filePath: z.string(),
    messages: z.array(
      z.object({
        ruleId: z.string().nullish(),
        severity: z.int(),
        message: z.string(),
        line: z.int().nullish(),
        column: z.int().nullish(),
      }),
    ),
  }),
);

/** Reads the results that ESLint and tools on top of it give as JSON. https://eslint.org/docs/latest/use/formatters/#json */
export function readEslint(document: unknown, run: Pick<ToolRun, 'output' | 'errors'>): Reading {
  const parsed = resultsSchema.safeParse(document);
  if (!parsed.success) {
    const words = ownWords(run);
    return { kind: 'unreadable', why: `It ended without a report${words === undefined ? '.' : `: ${words}`}` };
  }
  const problems = parsed.data.flatMap(({ filePath, messages }) =>
    messages.map(
      ({ ruleId, severity, message, line, column }): LintProblem => ({
        file: filePath,
        ...placeOf(line, column),
        rule: ruleId ?? 'parse',
        severity: severity === 2 ? 'error' : 'warning',
        message,
      }),
    ),
  );
  return { kind: 'lint', problems };
}

/** What ESLint says below its name and version where it gives up, or else the last error. */
function ownWords({ output, errors }: Pick<ToolRun, 'output' | 'errors'>): string | undefined {
  const said = /^ESLint: \d[^\n]*\n\s*\n([^\n]+)/m.exec(`${errors}\n${output}`.replaceAll('\r', ''))?.[1];
  return said === undefined ? lastError({ output, errors }) : firstWords(said);
}

/** Some rules speak of a whole file, with 0 or no line. */
export function placeOf(line: number | null | undefined, column: number | null | undefined) {
  const has = (value: number | null | undefined): value is number =>
    value !== null && value !== undefined && value >= 1;
  return { ...(has(line) ? { line } : {}), ...(has(line) && has(column) ? { column } : {}) };
}
