import type { CheckTool } from '../check-tool.ts';
import type { LintProblem } from '../gate/measurement.ts';
import { withoutFlags } from '../gate/without-flags.ts';

/** https://standardjs.com */
export const standard: CheckTool = {
  id: 'standard',
  kind: 'lint',
  programs: ['standard', 'semistandard', 'ts-standard'],
  isCheck: () => true,
  once: (args) => withoutFlags(args, { '--fix': 'alone', '--verbose': 'alone', '-v': 'alone' }),
  report: () => ({ args: ['--verbose'] }),
  read: ({ output, exitCode }) => {
    const problems = [...output.matchAll(/^\s+(.+?):(\d+):(\d+): (.*?) \(([^()]+)\)( \(warning\))?$/gm)].map(
      ([, file = '', line, column, message = '', rule = '', warning]): LintProblem => ({
        file,
        line: Number(line),
        column: Number(column),
        rule: rule === 'null' ? 'parse' : rule,
        severity: warning === undefined ? 'error' : 'warning',
        message,
      }),
    );
    if (problems.length === 0 && exitCode !== 0) return { kind: 'unreadable', why: 'It failed and named no problem.' };
    return { kind: 'lint', problems };
  },
};
