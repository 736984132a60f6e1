import { expect, it } from 'vitest';
import type { Finding } from '#core/finding';
import { toldBy } from './told-by.ts';

it('findings of a rehearsal are told once, gates warn, and what had no environment to run in says where it has one', () => {
  const lost: Finding = { rule: 'gate/test-lost', severity: 'error', message: 'Gone.' };
  const notRun: Finding = { rule: 'gate/not-run', severity: 'warning', message: 'Not run: the check mypy.' };
  const open: Finding = { rule: 'recipe/x', severity: 'error', message: 'Look.' };
  const outcomes = [[lost, notRun], [lost], [open]].map((findings) => ({ ok: true, detail: '', findings }));
  expect(
    toldBy([...outcomes, { ok: true, detail: '' }]).map(({ rule, severity, cure }) => [rule, severity, cure]),
  ).toEqual([
    ['gate/test-lost', 'warning', undefined],
    ['gate/not-run', 'warning', expect.stringContaining('(.venv)')],
    ['recipe/x', 'error', undefined],
  ]);
});
