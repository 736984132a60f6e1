import type { CheckTool } from '../check-tool.ts';
import type { LintProblem } from '../gate/measurement.ts';
import { withoutFlags } from '../gate/without-flags.ts';

/** Prettier as a check. It names files and no places. https://prettier.io/docs/cli */
export const prettier: CheckTool = {
  id: 'prettier',
  kind: 'lint',
  programs: ['prettier'],
  isCheck: (args) => args.some((arg) => ['--check', '-c', '--list-different', '-l', '--write', '-w'].includes(arg)),
  once: (args) =>
    withoutFlags(args, { '--write': 'alone', '-w': 'alone', '--cache': 'alone', '--cache-location': 'with-value' }),
  report: (_, args) => ({ args: args.some((arg) => ['--check', '-c'].includes(arg)) ? [] : ['--check'] }),
  read: ({ output, errors, exitCode }) => {
    const said = `${output}\n${errors}`;
    const unformatted = [...said.matchAll(/^\[warn\] (.+\.\w+)$/gm)].map(
      ([, file = '']): LintProblem => ({ file, rule: 'format', severity: 'error', message: 'It is not formatted.' }),
    );
    const broken = [...said.matchAll(/^\[error\] (.+?): (\w*Error: .*)$/gm)].map(
      ([, file = '', message = '']): LintProblem => ({ file, rule: 'parse', severity: 'error', message }),
    );
    const problems = [...unformatted, ...broken];
    if (problems.length === 0 && exitCode !== 0) return { kind: 'unreadable', why: 'It failed and named no file.' };
    return { kind: 'lint', problems };
  },
};
