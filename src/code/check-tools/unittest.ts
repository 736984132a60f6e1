import * as z from 'zod';
import type { CheckTool } from '../check-tool.ts';
import { endedEarly } from '../gate/ended-early.ts';
import { firstWords } from '../gate/first-words.ts';
import { jsonOf } from '../text/read-data.ts';

const reportSchema = z.array(
  z.object({ name: z.string(), outcome: z.enum(['passed', 'failed', 'skipped']), message: z.string() }),
);

/** `python -m unittest`, by a script of ours that writes the outcome of each test into a file. */
export const unittest: CheckTool = {
  id: 'unittest',
  kind: 'test',
  programs: [],
  isCheck: () => true,
  once: (args) => args,
  report: (file) => ({ args: [file] }),
  read: ({ report, output, errors }) => {
    const parsed = reportSchema.safeParse(jsonOf(report ?? ''));
    if (!parsed.success) return { kind: 'unreadable', why: endedEarly({ output, errors }) };
    return {
      kind: 'test',
      tests: parsed.data.map(({ name, outcome, message }) => {
        const words = outcome === 'failed' ? firstWords(message) : '';
        return { name, outcome, ...(words === '' ? {} : { message: words }) };
      }),
    };
  },
};
