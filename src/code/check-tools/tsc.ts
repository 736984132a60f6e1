import type { CheckTool, Reading } from '../check-tool.ts';
import type { TypeProblem } from '../gate/measurement.ts';
import { withoutFlags } from '../gate/without-flags.ts';

/**
 * TypeScript's own compiler, up to 7, whose native `tsc` prints as the others do; and vue-tsc, which is `tsc` that knows
 * Vue files. https://www.typescriptlang.org/docs/handbook/compiler-options.html
 */
export const tsc: CheckTool = {
  id: 'tsc',
  kind: 'types',
  programs: ['tsc', 'vue-tsc', 'tsgo'],
  isCheck: (args) => args.some((arg) => /^--noEmit$/i.test(arg)),
  once: (args) => withoutFlags(args, { '-w': 'alone', '--watch': 'alone' }),
  report: () => ({}),
  read: ({ output, errors, exitCode }) => readTsc(`${output}\n${errors}`, exitCode),
};

/** Reads what `tsc` prints, with or without `--pretty`. */
export function readTsc(text: string, exitCode: number): Reading {
  const problems: TypeProblem[] = [];
  let isOpen = false;
  for (const line of text.split(/\r?\n/)) {
    const found = problemIn(line);
    const last = problems.at(-1);
    if (found !== undefined) problems.push(found);
    else if (isOpen && /^ {2,}\S/.test(line) && last !== undefined)
      problems[problems.length - 1] = { ...last, message: `${last.message}\n${line.trimEnd()}` };
    isOpen = found !== undefined || (isOpen && /^ {2,}\S/.test(line));
  }
  if (problems.length === 0 && exitCode !== 0)
    return { kind: 'unreadable', why: 'The compiler failed without an error of its form.' };
  return { kind: 'types', problems };
}

function problemIn(line: string): TypeProblem | undefined {
  const placed = /^(\S.*?)(?:\((\d+),(\d+)\):|:(\d+):(\d+) -) error (TS\d+): (.*)$/.exec(line);
  if (placed !== null) {
    const [, file = '', at = placed[4], column = placed[5], , , code = '', message = ''] = placed;
    return { file, line: Number(at), column: Number(column), code, message };
  }
  const [, code, message = ''] = /^error (TS\d+): (.*)$/.exec(line) ?? [];
  return code === undefined ? undefined : { code, message };
}
