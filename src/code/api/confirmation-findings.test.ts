import { expect, it } from 'vitest';
import type { Finding } from '#core/finding';
import type { CompilerError } from './confirm.ts';
import { confirmationFindings } from './confirmation-findings.ts';

const predicted = (file: string, line: number, more: Partial<Finding> = {}): Finding => ({
  rule: 'api/removed',
  severity: 'error',
  message: `${file} breaks.`,
  file,
  line,
  endLine: line,
  package: 'lib',
  ...more,
});
const error = (file: string, line: number, message = 'No such thing.'): CompilerError => ({
  file,
  line,
  column: 3,
  code: 'TS2305',
  message,
});
const compiled = (errors: readonly CompilerError[], files: readonly string[] = ['a.ts', 'b.ts', 'c.js']) => ({
  errors,
  checked: new Set(files),
  typed: new Set(['lib']),
  unknown: [],
});

function told(predictions: readonly Finding[], before: readonly CompilerError[], after: readonly CompilerError[]) {
  return confirmationFindings({ hop: 'lib 1 → 2', predictions, before: compiled(before), after: compiled(after) });
}

it('says how many predictions hold, which do not, what was not predicted and what nobody can check', () => {
  const found = told(
    [predicted('a.ts', 1), predicted('a.ts', 7), predicted('c.js', 2), predicted('d.ts', 1)],
    [error('b.ts', 9)],
    [error('a.ts', 1), error('b.ts', 9), error('b.ts', 4)],
  );
  expect(found.map(({ rule, severity, file, line, message }) => [rule, severity, file, line, message])).toEqual([
    [
      'api/confirmed',
      'advice',
      undefined,
      undefined,
      'With lib 1 → 2 installed, the compiler confirms 1 of 2 predictions and finds 1 new error that nothing predicted.',
    ],
    ['api/not-confirmed', 'advice', 'a.ts', 7, expect.stringContaining('does not object with lib 1 → 2 installed')],
    ['api/not-predicted', 'warning', 'b.ts', 4, expect.stringContaining('No such thing.')],
    [
      'api/not-checkable',
      'advice',
      undefined,
      undefined,
      expect.stringContaining('2 of the predictions for lib 1 → 2: c.js:2 api/removed, d.ts:1 api/removed.'),
    ],
  ]);
});

it('takes the word of the compiler on JavaScript where it had one when the plan was made', () => {
  const found = told([predicted('c.js', 2, { evidence: 'TS2339: It is gone.' })], [], []);
  expect(found.map(({ rule }) => rule)).toEqual(['api/confirmed', 'api/not-confirmed']);
});

it('does not take the silence of a compiler that has no types of the package for its word', () => {
  const untyped = { ...compiled([]), typed: new Set<string>() };
  const predictions = [predicted('c.js', 2, { evidence: 'TS2551: It is called otherwise.' })];
  const found = confirmationFindings({ hop: 'lib 1 → 2', predictions, before: untyped, after: untyped });
  expect(found.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
    'api/confirmed: With lib 1 → 2 installed, the compiler has no prediction to judge and finds nothing else.',
    'api/not-checkable: No compiler can confirm 1 of the predictions for lib 1 → 2: c.js:2 api/removed. The tree has no types of lib installed, so that its compiler does not know what is there.',
  ]);
});

it('reads what a module breaks as predicted where the module is imported', () => {
  const form = predicted('a.ts', 1, { rule: 'api/export-equals-to-default' });
  const message = `Property 'red' does not exist on type 'typeof import("/x/node_modules/lib/index")'.`;
  expect(told([form], [], [error('a.ts', 8, message)])).toHaveLength(1);
});

it('tells many new errors by their number', () => {
  const many = Array.from({ length: 60 }, (_, index) => error('b.ts', index + 1));
  const found = told([], [], many);
  expect(found).toHaveLength(52);
  expect(found.at(-1)?.message).toContain('10 more places');
});

it('says that all is well where it is', () => {
  expect(told([], [], []).map(({ message }) => message)).toEqual([
    'With lib 1 → 2 installed, the compiler has no prediction to judge and finds nothing else.',
  ]);
});
