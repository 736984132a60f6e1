import { expect, it } from 'vitest';
import type { Finding } from '#core/finding';
import { editsNeeded } from './edits-needed.ts';

const at = (file: string | undefined, line: number, message: string): Finding => ({
  rule: 'api/removed',
  severity: 'warning',
  message,
  ...(file === undefined ? {} : { file, line }),
});

it('lists a place a line, and says the same words of a file once', () => {
  const needs = editsNeeded('express 4 → 5', [
    at('src/plural.js', 66, '`req.param` is gone.'),
    at('src/other.js', 3, '`req.param` is gone.'),
    at('src/plural.js', 91, '`req.param` is gone.'),
    at('src/plural.js', 73, '`req.param` is gone.'),
    at('src/plural.js', 73, '`req.param` is gone.'),
    at(undefined, 1, 'Look at the\n tests.'),
  ]);
  expect(needs.split('\n')).toEqual([
    'Look at 5 places of express 4 → 5, and make the edits that they need on the branch (not committed is fine):',
    '- src/plural.js:66, 73, 91: `req.param` is gone.',
    '- src/other.js:3: `req.param` is gone.',
    '- Look at the tests.',
  ]);
});

it('stays short, whatever is found', () => {
  const many = Array.from({ length: 400 }, (_, index) => at(`src/${index % 20}.js`, index, 'It is gone.'));
  const lines = editsNeeded('a 1 → 2', many).split('\n');
  expect(lines).toHaveLength(14);
  expect(lines[0]).toContain('Look at 400 places of a 1 → 2');
  expect(lines[1]).toBe('- src/0.js:0, 20, 40, 60, 80, 100, 120, 140 …: It is gone.');
  expect(lines.at(-1)).toBe('- … and at 160 places more, which stand among the findings of the plan');
});
