import type { CheckTool } from '../check-tool.ts';
import type { TypeProblem } from '../gate/measurement.ts';

/** https://mypy.readthedocs.io/en/stable/command_line.html */
export const mypy: CheckTool = {
  id: 'mypy',
  kind: 'types',
  programs: ['mypy'],
  isCheck: () => true,
  once: (args) => args,
  report: () => ({ args: ['--no-error-summary', '--no-pretty', '--show-column-numbers', '--no-color-output'] }),
  read: ({ output, exitCode }) => {
    const problems = output.split(/\r?\n/).flatMap((line): readonly TypeProblem[] => {
      const found = /^(.+?):(\d+):(?:(\d+):)? error: (.*?)(?: {2}\[([\w-]+)\])?$/.exec(line);
      if (found === null) return [];
      const [, file = '', at, column, message = '', code = 'error'] = found;
      return [{ file, line: Number(at), ...(column === undefined ? {} : { column: Number(column) }), code, message }];
    });
    if (problems.length === 0 && exitCode !== 0)
      return { kind: 'unreadable', why: 'mypy failed without an error of its form.' };
    return { kind: 'types', problems };
  },
};
