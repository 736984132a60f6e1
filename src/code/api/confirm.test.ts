import { expect, it } from 'vitest';
import type { Finding } from '#core/finding';
import { type CompilerError, confirmPredictions } from './confirm.ts';

const finding = (file: string, line: number, rule = 'api/removed'): Finding => ({
  rule,
  severity: 'error',
  message: '',
  file,
  line,
  endLine: line,
});
const error = (file: string, line: number, code = 'TS2305'): CompilerError => ({ file, line, code, message: '' });

it('holds predictions against new errors, by line', () => {
  const { verdicts, unpredicted, precision, recall } = confirmPredictions(
    [finding('a.ts', 1), finding('a.ts', 5), finding('b.js', 3), finding('c.ts', 2, 'api/require-of-esm')],
    {
      before: [error('a.ts', 9)],
      after: [error('a.ts', 9), error('a.ts', 1), error('a.ts', 1, 'TS2339'), error('d.ts', 4)],
    },
  );
  expect(verdicts.map(({ kind }) => kind)).toEqual(['confirmed', 'unconfirmed', 'unconfirmed', 'unconfirmed']);
  expect(verdicts.map((verdict) => (verdict.kind === 'unconfirmed' ? verdict.because : verdict.errors.length))).toEqual(
    [
      2,
      expect.stringContaining('finds nothing wrong'),
      expect.stringContaining('JavaScript'),
      expect.stringContaining('shows only when it runs'),
    ],
  );
  expect(unpredicted).toEqual([error('d.ts', 4)]);
  expect([precision, recall]).toEqual([0.5, 0.5]);
});

it('counts an error that was there before only as often as it was', () => {
  const twice = [error('a.ts', 1), error('a.ts', 1)];
  expect(confirmPredictions([], { before: [error('a.ts', 1)], after: twice }).unpredicted).toHaveLength(1);
});

it('another argument of a call that was wrong already is a new error', () => {
  const at = (column: number, message: string): CompilerError => ({
    file: 'a.ts',
    line: 1,
    column,
    code: 'TS2345',
    message,
  });
  const before = [at(53, 'number')];
  const { verdicts, unpredicted } = confirmPredictions([finding('a.ts', 1)], { before, after: [at(40, 'string[]')] });
  expect(verdicts.map(({ kind }) => kind)).toEqual(['confirmed']);
  expect(unpredicted).toEqual([]);
  // The same, marked elsewhere in its line, is no new one.
  expect(confirmPredictions([], { before, after: [at(40, 'number')] }).unpredicted).toEqual([]);
});

it('knows what only follows from a predicted break', () => {
  const after = [error('a.ts', 1), error('a.ts', 8, 'TS7006'), error('b.ts', 8, 'TS7006')];
  const { consequences, unpredicted, recall } = confirmPredictions([finding('a.ts', 1)], { before: [], after });
  expect(consequences).toEqual([error('a.ts', 8, 'TS7006')]);
  expect(unpredicted).toEqual([error('b.ts', 8, 'TS7006')]);
  expect(recall).toBe(0.5);
});

it('has no shares where there is nothing to count', () => {
  expect(confirmPredictions([], { before: [], after: [] })).toMatchObject({ precision: undefined, recall: undefined });
});
