import { expect, it } from 'vitest';
import { planAgain, shellWord } from './shell.ts';

it('quotes what a shell would not leave alone', () => {
  const words = ['migrations/a-1', '', 'a b', "it's", '$HOME', '*'];
  expect(words.map(shellWord)).toEqual(['migrations/a-1', "''", "'a b'", "'it'\\''s'", "'$HOME'", "'*'"]);
});

it('says how an intent is planned again', () => {
  const intent = { kind: 'sql', text: "UPDATE t SET a = 'b'", options: { up: 'a + 1' } };
  expect(planAgain({ intent })).toBe("godwit plan 'UPDATE t SET a = '\\''b'\\''' --up 'a + 1'");
  expect(planAgain({ intent: { kind: 'upgrade', text: 'express@5', options: {} } })).toBe(
    'godwit plan --upgrade express@5',
  );
});
