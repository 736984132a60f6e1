import { beforeAll, expect, it } from 'vitest';
import { isFailure } from '#core/error';
import { parse } from './parse.ts';
import { loadParser } from './syntax-tree.ts';

beforeAll(loadParser);

function refusal(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (isFailure(error)) return `${error.code}: ${error.explanation.what}`;
    throw error;
  }
  return 'parsed';
}

/** Line, text and comments of each statement. */
function read(text: string) {
  return parse(text).map((statement) => ({
    line: statement.line,
    text: statement.text,
    said: statement.directives.map(({ up, down, piece }) => [piece, up, down]),
  }));
}

it('a syntax error is shown with its line and a caret', () => {
  expect(refusal('ALTER TABLE users\n  RENAME COLUM name TO full_name')).toBe(
    [
      'sql-syntax: The SQL does not parse on line 2: syntax error at or near "name"',
      '  2 |   RENAME COLUM name TO full_name',
      '                     ^',
      '',
    ].join('\n'),
  );
});

it('the caret counts characters, not bytes, and keeps tabs', () => {
  expect(refusal('SELECT "größe→😀" FRM\tusers')).toContain(
    ['  1 | SELECT "größe→😀" FRM\tusers', `${' '.repeat(26)}\t^`].join('\n'),
  );
});

it('a long line is cut around the caret', () => {
  const what = refusal(`SELECT ${'a, '.repeat(200)}FROM`);
  expect(Math.max(...what.split('\n').map((line) => line.length))).toBeLessThan(120);
  expect(what).toContain('^');
});

it.each([
  ['SELECT \0 1', 'NUL'],
  ["SELECT 'abc", 'unterminated quoted string'],
  ['SELECT $$abc', 'unterminated dollar-quoted string'],
  [`SELECT ${'('.repeat(30_000)}1`, 'memory exhausted'],
  [`SELECT ${'1+'.repeat(2_000)}1`, 'nested too deeply'],
  ['/* open', 'unterminated /* comment'],
])('%s does not parse', (text, message) => {
  expect(refusal(text)).toContain(message);
});

it('statements have their places, behind letters of several bytes too', () => {
  expect(read('-- größe\nALTER TABLE "😀" DROP a ;\n;\n /* x */ DROP TABLE ü')).toEqual([
    { line: 2, text: 'ALTER TABLE "😀" DROP a', said: [] },
    { line: 4, text: 'DROP TABLE ü', said: [] },
  ]);
  expect(read('')).toEqual([]);
  expect(read(' ; -- nothing\n')).toEqual([]);
});

it('comments before, within and behind a statement belong to it', () => {
  expect(
    read(`
      -- godwit: up lower(name)
      -- godwit: down name
      ALTER TABLE users RENAME COLUMN name TO full_name;
      ALTER TABLE users ALTER age TYPE bigint; -- godwit: up age::bigint down age::int
      ALTER TABLE users
        ALTER a TYPE text, -- godwit: up a::text
        /* godwit: down none */
        ALTER b TYPE text
        -- an ordinary comment
      ;
      ALTER TABLE users ALTER c TYPE text USING f(c, 1), ALTER d TYPE text; -- godwit: UP: f(1, 2)
      ALTER TABLE users ALTER c TYPE text,
        ALTER d TYPE text; -- godwit: up "down" down (down || 'up')
    `).map(({ said }) => said),
  ).toEqual([
    [
      [undefined, 'lower(name)', undefined],
      [undefined, undefined, 'name'],
    ],
    [[0, 'age::bigint', 'age::int']],
    [
      [0, 'a::text', undefined],
      [1, undefined, 'none'],
    ],
    [[undefined, 'f(1, 2)', undefined]],
    [[1, '"down"', "(down || 'up')"]],
  ]);
});

it.each([
  ['-- godwit: ignored x\nDROP TABLE t', 'bad-input: The godwit comment of line 1 cannot be read: ignored x'],
  ['-- godwit: sideways x\nDROP TABLE t', 'bad-input: The godwit comment of line 1 cannot be read: sideways x'],
  ['-- godwit: up none\nDROP TABLE t', 'bad-input'],
  ['-- godwit: up a +\nDROP TABLE t', 'sql-syntax: The expression after "up" in the godwit comment of line 1'],
  ['-- godwit: up a) FROM b WHERE (c\nDROP TABLE t', 'is not one expression: a) FROM b WHERE (c'],
  ['-- godwit: up 1), (2\nDROP TABLE t', 'is not one expression'],
  ['-- godwit: up\nDROP TABLE t', 'is not one expression: (empty)'],
  ['-- godwit: up 1; DROP TABLE x\nDROP TABLE t', 'sql-syntax'],
  ['-- godwit: up a up b\nDROP TABLE t', 'bad-input'],
  ['DROP TABLE t;\n-- godwit: up a', 'bad-input: The godwit comment of line 2 stands at no statement'],
])('%s is refused', (text, message) => {
  expect(refusal(text)).toContain(message);
});

it('comments that silence findings of the linter say nothing of values', () => {
  const text = '-- godwit: ignore-file hy/naming: old names\nDROP TABLE t; /* godwit: ignore ds/drop-table: unused */';
  expect(read(text)).toEqual([{ line: 2, text: 'DROP TABLE t', said: [] }]);
});
