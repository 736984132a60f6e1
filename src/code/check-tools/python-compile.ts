import * as z from 'zod';
import type { CheckTool } from '../check-tool.ts';
import { jsonOf } from '../text/read-data.ts';

const reportSchema = z.array(
  z.object({
    file: z.string(),
    line: z.int().min(1),
    column: z.int().min(1).catch(1),
    code: z.string(),
    message: z.string(),
  }),
);

/** Python's own compiler over every file, by a script of ours that writes what it refuses into a file. */
export const pythonCompile: CheckTool = {
  id: 'python-compile',
  kind: 'types',
  programs: [],
  isCheck: () => true,
  once: (args) => args,
  report: (file) => ({ args: [file] }),
  read: ({ report }) => {
    const parsed = reportSchema.safeParse(jsonOf(report ?? ''));
    return parsed.success
      ? { kind: 'types', problems: parsed.data }
      : { kind: 'unreadable', why: 'Python ended before it had looked at the files.' };
  },
};
