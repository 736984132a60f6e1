import * as z from 'zod';
import type { CheckTool } from '../check-tool.ts';
import { jsonIn } from '../gate/json-in.ts';
import type { LintProblem } from '../gate/measurement.ts';
import { withoutFlags } from '../gate/without-flags.ts';
import { placeOf } from './eslint.ts';

const point = z.object({ line: z.int(), column: z.int() });
const diagnosticSchema = z.object({
  category: z.string().nullish(),
  severity: z.string(),
  /** A text since 2.4, parts of one before, with the whole in `description`. */
  message: z.unknown(),
  description: z.string().optional(),
  location: z.object({
    path: z.union([z.string(), z.object({ file: z.string() })]).nullish(),
    start: point.optional(),
    span: z.tuple([z.int(), z.int()]).nullish(),
    sourceCode: z.string().nullish(),
  }),
});
const reportSchema = z.object({ diagnostics: z.array(diagnosticSchema) });

/** Biome calls its own JSON experimental; both forms that 1 and 2 have had are read. https://biomejs.dev/reference/reporters/ */
export const biome: CheckTool = {
  id: 'biome',
  kind: 'lint',
  programs: ['biome'],
  isCheck: ([command = '']) => ['check', 'lint', 'ci', 'format'].includes(command),
  once: (args) =>
    withoutFlags(args, {
      '--write': 'alone',
      '--fix': 'alone',
      '--apply': 'alone',
      '--apply-unsafe': 'alone',
      '--unsafe': 'alone',
      '--watch': 'alone',
      '--reporter': 'with-value',
      '--reporter-file': 'with-value',
      '--max-diagnostics': 'with-value',
      '--colors': 'with-value',
    }),
  report: () => ({ args: ['--reporter=json', '--max-diagnostics=none'] }),
  // Before 2.0 a number is wanted, and 200 is the largest.
  reportOlder: () => ({ args: ['--reporter=json', '--max-diagnostics=200'] }),
  read: ({ output }) => {
    const parsed = reportSchema.safeParse(jsonIn(output));
    if (!parsed.success) return { kind: 'unreadable', why: 'It ended without a JSON report.' };
    return {
      kind: 'lint',
      problems: parsed.data.diagnostics.filter(({ severity }) => isProblem(severity)).map(problemOf),
    };
  },
};

function isProblem(severity: string): boolean {
  return ['fatal', 'error', 'warning'].includes(severity);
}

function problemOf({
  category,
  severity,
  message,
  description,
  location,
}: z.infer<typeof diagnosticSchema>): LintProblem {
  const { path, start, span, sourceCode } = location;
  const file = typeof path === 'string' ? path : path?.file;
  const place = start ?? startOf(span?.[0], sourceCode);
  return {
    ...(file === undefined ? {} : { file }),
    ...placeOf(place?.line, place?.column),
    rule: category ?? 'unknown',
    severity: severity === 'warning' ? 'warning' : 'error',
    message: typeof message === 'string' ? message : (description ?? ''),
  };
}

/** A span counts bytes of UTF-8. */
function startOf(offset: number | undefined, text: string | null | undefined) {
  if (offset === undefined || text === null || text === undefined) return undefined;
  const before = new TextDecoder().decode(new TextEncoder().encode(text).slice(0, offset)).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
