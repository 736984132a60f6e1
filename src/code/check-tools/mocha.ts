import * as z from 'zod';
import type { CheckTool } from '../check-tool.ts';
import { endedEarly } from '../gate/ended-early.ts';
import { firstWords } from '../gate/first-words.ts';
import { jsonIn } from '../gate/json-in.ts';
import type { TestOutcome } from '../gate/measurement.ts';
import { withoutFlags } from '../gate/without-flags.ts';
import { jsonOf } from '../text/read-data.ts';

const testSchema = z.object({
  title: z.string(),
  fullTitle: z.string(),
  file: z.string().nullish(),
  err: z.object({ message: z.string().optional() }).default({}),
});
type Test = z.infer<typeof testSchema>;
const reportSchema = z.object({
  passes: z.array(testSchema),
  failures: z.array(testSchema),
  pending: z.array(testSchema),
});

/** Mocha writes its report into a file since 9.2, and onto its output before. https://mochajs.org/#json */
export const mocha: CheckTool = {
  id: 'mocha',
  kind: 'test',
  programs: ['mocha', '_mocha'],
  isCheck: ([command = '']) => command !== 'init',
  once: (args) =>
    withoutFlags(args, {
      '-w': 'alone',
      '--watch': 'alone',
      '-R': 'with-value',
      '--reporter': 'with-value',
      '-O': 'with-value',
      '--reporter-option': 'with-value',
      '--reporter-options': 'with-value',
    }),
  report: (file) => ({ args: ['--reporter', 'json', '--reporter-option', `output=${file}`] }),
  read: ({ report, output, errors }) => {
    const parsed = reportSchema.safeParse(report === undefined ? jsonIn(output) : jsonOf(report));
    if (!parsed.success) return { kind: 'unreadable', why: endedEarly({ output, errors }) };
    const { passes, failures, pending } = parsed.data;
    return {
      kind: 'test',
      tests: [
        ...passes.map((test) => testOf(test, 'passed')),
        ...failures.map((test) => testOf(test, 'failed')),
        ...pending.map((test) => testOf(test, 'skipped')),
      ],
    };
  },
};

/** The report joins the names of suites by spaces, so that where one ends is not known. */
function testOf({ title, fullTitle, file, err }: Test, outcome: TestOutcome['outcome']): TestOutcome {
  const suites = fullTitle.endsWith(title) ? fullTitle.slice(0, fullTitle.length - title.length).trim() : '';
  const message = firstWords(err.message ?? '');
  return {
    ...(file === null || file === undefined ? {} : { file }),
    name: suites === '' ? title : `${suites} > ${title}`,
    outcome,
    ...(message === '' ? {} : { message }),
  };
}
