import { expect, it } from 'vitest';
import { replaceRange } from './replace-range.ts';

it.each([
  ['UPDATE t SET a = 1 WHERE $range', 'UPDATE t SET a = 1 WHERE (k)'],
  ['SELECT $range OR $range', 'SELECT (k) OR (k)'],
  [`SELECT '$range' WHERE $range AND b <> 'it''s $range'`, `SELECT '$range' WHERE (k) AND b <> 'it''s $range'`],
  [`SELECT E'\\'$range' WHERE $range`, `SELECT E'\\'$range' WHERE (k)`],
  ['SELECT "$range" WHERE $range', 'SELECT "$range" WHERE (k)'],
  ['SELECT $$ $range $$, $a$ $range $a$ WHERE $range', 'SELECT $$ $range $$, $a$ $range $a$ WHERE (k)'],
  ['SELECT 1 -- $range\nWHERE $range /* $range */', 'SELECT 1 -- $range\nWHERE (k) /* $range */'],
  ['SELECT $ranges, $1', 'SELECT $ranges, $1'],
])('%s', (statement, expected) => {
  expect(replaceRange(statement, '(k)')).toBe(expected);
});
