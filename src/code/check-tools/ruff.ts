import * as z from 'zod';
import type { CheckTool } from '../check-tool.ts';
import { jsonOf } from '../text/read-data.ts';

const reportSchema = z.array(
  z.object({
    code: z.string().nullable(),
    message: z.string(),
    filename: z.string(),
    location: z.object({ row: z.int().min(1), column: z.int().min(1) }),
  }),
);

/** https://docs.astral.sh/ruff/settings/#output-format */
export const ruff: CheckTool = {
  id: 'ruff',
  kind: 'lint',
  programs: ['ruff'],
  isCheck: ([command = '']) => command === 'check',
  once: (args) => args.filter((arg) => !/^--(fix|fix-only|unsafe-fixes|watch)$/.test(arg)),
  report: (file) => ({ args: ['--output-format', 'json', '--output-file', file] }),
  read: ({ report }) => {
    const parsed = reportSchema.safeParse(jsonOf(report ?? ''));
    if (!parsed.success) return { kind: 'unreadable', why: 'Ruff wrote no report.' };
    return {
      kind: 'lint',
      problems: parsed.data.map(({ code, message, filename, location }) => ({
        file: filename,
        line: location.row,
        column: location.column,
        rule: code ?? 'invalid-syntax',
        severity: 'error',
        message,
      })),
    };
  },
};
