import * as z from 'zod';
import type { Reading, ToolRun } from '../check-tool.ts';
import { jsonOf } from '../text/read-data.ts';
import { endedEarly } from './ended-early.ts';
import { firstWords } from './first-words.ts';
import { jsonIn } from './json-in.ts';
import type { TestOutcome } from './measurement.ts';
import { wholeFile } from './whole-file.ts';

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string().optional(),
      message: z.string().nullish(),
      assertionResults: z.array(
        z.object({
          ancestorTitles: z.array(z.string()).default([]),
          title: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

/**
 * Reads the report that Jest writes with `--json`, and Vitest with `--reporter=json`. A file that cannot be loaded has no
 * tests in it and stands there as one failed test. https://jestjs.io/docs/cli#--json
 */
export function readJestReport({ report, output, errors, exitCode }: ToolRun): Reading {
  const parsed = reportSchema.safeParse(report === undefined ? jsonIn(output) : jsonOf(report));
  if (!parsed.success) {
    const why = 'No JSON report of the form that Jest writes was found.';
    return { kind: 'unreadable', why: exitCode === 0 ? why : endedEarly({ output, errors }) };
  }
  const tests = parsed.data.testResults.flatMap(({ name: file, status, message, assertionResults }): TestOutcome[] => {
    const own = assertionResults.map(
      (test): TestOutcome => ({
        file,
        name: [...test.ancestorTitles.filter((title) => title !== ''), test.title].join(' > '),
        outcome: outcomes[test.status] ?? 'skipped',
        ...messageOf(test.failureMessages?.[0]),
      }),
    );
    const isBroken = status === 'failed' && own.every(({ outcome }) => outcome !== 'failed');
    return isBroken ? [...own, { file, name: wholeFile, outcome: 'failed', ...messageOf(message) }] : own;
  });
  // Vitest writes an empty report where it could not begin, as with an environment that is not there.
  if (tests.length === 0 && exitCode !== 0) return { kind: 'unreadable', why: endedEarly({ output, errors }) };
  return { kind: 'test', tests };
}

const outcomes: Readonly<Record<string, TestOutcome['outcome']>> = {
  passed: 'passed',
  failed: 'failed',
  pending: 'skipped',
  skipped: 'skipped',
  disabled: 'skipped',
  focused: 'skipped',
  todo: 'todo',
};

function messageOf(text: string | null | undefined): { readonly message?: string } {
  const message = firstWords(text ?? '');
  return message === '' ? {} : { message };
}
