import { expect, it } from 'vitest';
import type { CheckResult, TypeProblem } from './measurement.ts';
import { unseenTypes } from './unseen-types.ts';

const options: TypeProblem = { file: 'tsconfig.json', line: 1, column: 2, code: 'TS5069', message: 'Option.' };
const globals: TypeProblem = { code: 'TS2688', message: "Cannot find type definition file for 'nope'." };
const unknown: TypeProblem = { file: 'tsconfig.json', line: 1, column: 2, code: 'TS5023', message: 'Unknown.' };
const inCode: TypeProblem = { file: 'src/a.ts', line: 1, column: 2, code: 'TS2322', message: 'Type.' };

function said(before: readonly TypeProblem[], after: readonly TypeProblem[]): readonly string[] {
  const [one, other] = [before, after].map(
    (types): CheckResult => ({
      kind: 'types',
      in: '.',
      commands: ['tsc'],
      tools: [],
      state: types.length === 0 ? 'passed' : 'failed',
      exitCode: types.length === 0 ? 0 : 1,
      ms: 1,
      lastLines: [],
      types,
    }),
  );
  return unseenTypes({ before: one, after: other }).map(
    ({ rule, severity, message }) => `${severity} ${rule} ${message}`,
  );
}

const words = (reason: string) => [
  `warning gate/check-unreadable types: the compiler ends at its options, as before, and looks at no type (${reason}): it proves nothing.`,
];

it.each([
  ['options', [options], [options], words('TS5069: Option.')],
  ['global types', [globals], [globals], words("TS2688: Cannot find type definition file for 'nope'.")],
  ['beside what only a parser of the configuration says', [options], [unknown, options], words('TS5069: Option.')],
  ['an option that nobody knows stops nothing', [unknown], [unknown], []],
  ['types were looked at', [options], [options, inCode], []],
  ['the fault is new: it stands there as such', [inCode], [options], []],
  ['the fault is mended', [options], [], []],
])('where the compiler looks at no type before and after: %s', (_, before, after, expected) => {
  expect(said(before, after)).toEqual(expected);
});
