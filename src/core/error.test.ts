import { expect, it } from 'vitest';
import { errorCodes, exitCodes, fail, isFailure } from './error.ts';

it('every code has an exit code of the list and says what it means', () => {
  const exits = new Set<number>(Object.values(exitCodes));
  for (const [code, { exit, means }] of Object.entries(errorCodes)) {
    expect(exits.has(exit), code).toBe(true);
    expect(means, code).toMatch(/^\S.*\.$/);
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  }
});

it('a failure knows its code, its words and its cause', () => {
  const cause = new Error('socket');
  const failure = fail('drift', { what: 'It moved.', why: 'Somebody did.', next: 'Plan again.' }, cause);
  expect(failure).toMatchObject({ code: 'drift', exitCode: 4, message: 'It moved. Somebody did.', cause });
  expect(isFailure(failure)).toBe(true);
  expect(isFailure(failure, 'drift')).toBe(true);
  expect(isFailure(failure, 'gate')).toBe(false);
  expect(isFailure(cause)).toBe(false);
});
