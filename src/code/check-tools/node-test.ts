import * as z from 'zod';
import type { CheckTool, Reading } from '../check-tool.ts';
import { endedEarly } from '../gate/ended-early.ts';
import { firstWords } from '../gate/first-words.ts';
import type { TestOutcome } from '../gate/measurement.ts';
import { wholeFile } from '../gate/whole-file.ts';
import { withoutFlags } from '../gate/without-flags.ts';
import { jsonOf } from '../text/read-data.ts';

/**
 * Node's own test runner. It takes a reporter as the address of a module, also of one that stands in the address itself,
 * and from NODE_OPTIONS, so that tests are seen however deep in scripts `node --test` is called.
 * https://nodejs.org/api/test.html#custom-reporters
 */
export const nodeTest: CheckTool = {
  id: 'node-test',
  kind: 'test',
  programs: ['node', 'tsx', 'ts-node', 'ts-node-esm'],
  isCheck: (args) => args.includes('--test'),
  once: (args) =>
    withoutFlags(args, {
      '--watch': 'alone',
      '--test-update-snapshots': 'alone',
      '--test-reporter': 'with-value',
      '--test-reporter-destination': 'with-value',
    }),
  report: (file) => ({ nodeOptions: ['spec', reporterFor(file)].map(toOutput).join(' ') }),
  read: ({ report, exitCode, output, errors }) => {
    if (report !== undefined) return readEvents(report);
    const why = exitCode === 0 ? 'No test of node:test was run.' : endedEarly({ output, errors });
    return { kind: 'unreadable', why };
  },
};

/** People read the one reporter, we the other, which puts nothing onto the output. */
function toOutput(reporter: string): string {
  return `--test-reporter=${reporter} --test-reporter-destination=stdout`;
}

/** Writes events as lines of JSON, each at once, so that what was known before a crash is kept. */
function reporterFor(file: string): string {
  const source = [
    "import { appendFileSync } from 'node:fs';",
    'export default async function* (events) {',
    'for await (const { type, data } of events) {',
    "if (type !== 'test:start' && type !== 'test:pass' && type !== 'test:fail') continue;",
    'const { name, nesting, file, skip, todo, details } = data;',
    'const error = details?.error;',
    'const message = error === undefined ? undefined : String(error?.cause?.message ?? error?.cause ?? error?.message);',
    'const event = { type, name, nesting, file, skip, todo, message, kind: details?.type, fault: error?.failureType };',
    `appendFileSync(${JSON.stringify(file)}, JSON.stringify(event) + '\\n');`,
    "yield '';",
    '} }',
  ].join('\n');
  const escaped = encodeURIComponent(source).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `data:text/javascript,${escaped}`;
}

const mark = z.union([z.string(), z.boolean()]).optional();
const eventSchema = z.object({
  type: z.enum(['test:start', 'test:pass', 'test:fail']),
  name: z.string(),
  nesting: z.int().min(0),
  file: z.string().optional(),
  skip: mark,
  todo: mark,
  message: z.string().optional(),
  kind: z.string().optional(),
  fault: z.string().optional(),
});
type Event = z.infer<typeof eventSchema>;

/**
 * Events come in the order in which tests are defined, a test's start before its subtests and its end after them. A suite
 * is no test. A test that failed only because of its subtests has passed by itself: they stand there on their own.
 */
function readEvents(text: string): Reading {
  const tests: TestOutcome[] = [];
  const open: string[] = [];
  for (const line of text.split('\n')) {
    const parsed = eventSchema.safeParse(jsonOf(line));
    if (!parsed.success) continue;
    const event = parsed.data;
    open.length = event.nesting;
    open.push(event.name);
    if (event.type === 'test:start' || event.kind === 'suite') continue;
    const isFailed = outcomeOf(event) === 'failed';
    tests.push({
      ...(event.file === undefined ? {} : { file: event.file }),
      name: isWhole(event) ? wholeFile : open.join(' > '),
      outcome: outcomeOf(event),
      ...(isFailed && event.message !== undefined ? { message: firstWords(event.message) } : {}),
    });
  }
  return { kind: 'test', tests };
}

/** A file that defines no test, or cannot be loaded, is a test with the path as its name, absolute or from the folder. */
function isWhole({ name, file, nesting }: Event): boolean {
  return nesting === 0 && file !== undefined && name.includes('.') && (file === name || file.endsWith(`/${name}`));
}

function outcomeOf({ type, skip, todo, fault }: Event): TestOutcome['outcome'] {
  if (skip !== undefined && skip !== false) return 'skipped';
  if (todo !== undefined && todo !== false) return 'todo';
  return type === 'test:pass' || fault === 'subtestsFailed' ? 'passed' : 'failed';
}
