import * as z from 'zod';
import type { CheckTool } from '../check-tool.ts';
import type { TypeProblem } from '../gate/measurement.ts';
import { withoutFlags } from '../gate/without-flags.ts';
import { jsonOf } from '../text/read-data.ts';

const problemSchema = z.object({
  type: z.enum(['ERROR', 'WARNING']),
  filename: z.string(),
  start: z.object({ line: z.int().min(0), character: z.int().min(0) }),
  message: z.string(),
  code: z.union([z.int(), z.string()]).optional(),
});

/** Prints a line of JSON for each problem, behind a time. https://www.npmjs.com/package/svelte-check */
export const svelteCheck: CheckTool = {
  id: 'svelte-check',
  kind: 'types',
  programs: ['svelte-check'],
  isCheck: () => true,
  once: (args) =>
    withoutFlags(args, { '--watch': 'alone', '--preserveWatchOutput': 'alone', '--output': 'with-value' }),
  report: () => ({ args: ['--output', 'machine-verbose'] }),
  read: ({ output, exitCode }) => {
    const problems = output.split(/\r?\n/).flatMap((line): TypeProblem[] => {
      const parsed = problemSchema.safeParse(jsonOf(line.replace(/^\d+ /, '')));
      if (!parsed.success || parsed.data.type !== 'ERROR') return [];
      const { filename: file, start, message, code = 'svelte' } = parsed.data;
      const name = typeof code === 'number' ? `TS${code}` : code;
      return [{ file, line: start.line + 1, column: start.character + 1, code: name, message }];
    });
    if (problems.length === 0 && exitCode !== 0) return { kind: 'unreadable', why: 'It failed and named no error.' };
    return { kind: 'types', problems };
  },
};
