import * as z from 'zod';
import type { CheckTool } from '../check-tool.ts';
import { jsonIn } from '../gate/json-in.ts';
import type { LintProblem } from '../gate/measurement.ts';
import { withoutFlags } from '../gate/without-flags.ts';
import { placeOf } from './eslint.ts';

const span = z.object({ line: z.int().optional(), column: z.int().optional() });
const reportSchema = z.object({
  diagnostics: z.array(
    z.object({
      message: z.string(),
      code: z.string().nullish(),
      severity: z.string(),
      filename: z.string().nullish(),
      labels: z.array(z.object({ span })).default([]),
    }),
  ),
});

/** https://oxc.rs/docs/guide/usage/linter/output-formats.html */
export const oxlint: CheckTool = {
  id: 'oxlint',
  kind: 'lint',
  programs: ['oxlint'],
  isCheck: ([command = '']) => !/^--(init|rules|print-config|lsp|version|help)$/.test(command),
  once: (args) =>
    withoutFlags(args, {
      '--fix': 'alone',
      '--fix-suggestions': 'alone',
      '--fix-dangerously': 'alone',
      '-f': 'with-value',
      '--format': 'with-value',
    }),
  report: () => ({ args: ['--format=json'] }),
  read: ({ output }) => {
    const parsed = reportSchema.safeParse(jsonIn(output));
    if (!parsed.success) return { kind: 'unreadable', why: 'It ended without a JSON report.' };
    const problems = parsed.data.diagnostics.map(({ message, code, severity, filename, labels }): LintProblem => {
      const at = labels[0]?.span;
      return {
        ...(filename === null || filename === undefined || filename === '' ? {} : { file: filename }),
        ...placeOf(at?.line, at?.column),
        rule: code ?? 'parse',
        severity: severity === 'error' ? 'error' : 'warning',
        message,
      };
    });
    return { kind: 'lint', problems };
  },
};
