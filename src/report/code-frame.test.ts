import { expect, it } from 'vitest';
import { codeFrame } from './code-frame.ts';

const line = 'ALTER TABLE users ADD COLUMN a text;';
const wide = `INSERT INTO t VALUES (${'1, '.repeat(200)}'x');`;

it.each([
  ['one word', line, { line: 1, column: 13, endLine: 1, endColumn: 18 }],
  ['a place without an end', line, { line: 1, column: 13, endLine: 1, endColumn: 13 }],
  ['the end of a line', 'SELECT\r\nx', { line: 1, column: 7, endLine: 1, endColumn: 7 }],
  ['tabs', '\tDROP\tTABLE\tt;', { line: 1, column: 2, endLine: 1, endColumn: 12 }],
  ['wide letters', "SELECT '移行😀e\u0301', x;", { line: 1, column: 16, endLine: 1, endColumn: 17 }],
  ['a long line, its beginning', wide, { line: 1, column: 1, endLine: 1, endColumn: 7 }],
  ['a long line, its middle', wide, { line: 1, column: 300, endLine: 1, endColumn: 303 }],
  ['a long line, its end', wide, { line: 1, column: wide.length - 4, endLine: 1, endColumn: wide.length - 1 }],
  ['a few lines', '\r\nCREATE TABLE t (\r\n  a int\r\n);\r\n', { line: 2, column: 1, endLine: 4, endColumn: 2 }],
  ['many lines', `CREATE TABLE t (\n${'  a int,\n'.repeat(20)});`, { line: 1, column: 1, endLine: 22, endColumn: 2 }],
  ['an empty line within', 'SELECT\n\n1', { line: 1, column: 1, endLine: 3, endColumn: 2 }],
  ['what commands a terminal', 'a\u001b[31m\u202eb\u0000', { line: 1, column: 1, endLine: 1, endColumn: 2 }],
  ['a line that is not there', line, { line: 9, column: 1, endLine: 9, endColumn: 2 }],
  ['a column that is not there', 'abc', { line: 1, column: 90, endLine: 1, endColumn: 95 }],
])('%s', (_, text, place) => {
  expect(`\n${codeFrame(text, place).join('\n')}\n`).toMatchSnapshot();
});
