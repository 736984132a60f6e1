import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { isFailure } from '#core/error';
import { runsOf, seed } from '../../../../test/support/seed.ts';
import { sourceText } from '../../drivers/postgres/sql/source-text.ts';
import { loadParser, scanTokens } from '../../drivers/postgres/sql/syntax-tree.ts';
import { commentsOf } from './comments.ts';

beforeAll(loadParser);

const cases: readonly (readonly [string, readonly string[]])[] = [
  ['SELECT 1 -- one\r\n-- two\n', ['-- one', '-- two']],
  ['SELECT \'-- no\', "/* no */" /* yes */', ['/* yes */']],
  ['/* a /* b */ c */ -- d', ['/* a /* b */ c */', '-- d']],
  ['/*/ still */ /**/ /***/', ['/*/ still */', '/**/', '/***/']],
  ["SELECT E'it\\'s -- no' -- yes", ['-- yes']],
  ["SELECT 'it\\' -- yes", ['-- yes']],
  ["SELECT typE'\\' -- yes", ['-- yes']],
  ["SELECT E'a' -- x\n 'b\\' -- no' -- y", ['-- x', '-- y']],
  ["SELECT E'a' 'b\\' -- y", ['-- y']],
  ['SELECT $$ -- no $x$ $$ -- yes', ['-- yes']],
  ['SELECT $x$ -- no $$ $y$ $x$ -- yes', ['-- yes']],
  ['SELECT a$x$ -- yes', ['-- yes']],
  ['SELECT $1$x$ -- no $x$', []],
  ['SELECT 0x1E$x$ -- no $x$', []],
  ["SELECT $x$ $x$E'\\' -- no' -- yes", ['-- yes']],
  ['SELECT 1+--x\n2*/*y*/3', ['--x', '/*y*/']],
  ["SELECT 'never closed -- no", []],
  ['SELECT $x$ never closed -- no', []],
  ['/* never closed /* x */', ['/* never closed /* x */']],
  ['SELECT "x""--" --y', ['--y']],
  ['--', ['--']],
  ['-', []],
  ['$', []],
  ["E'\\", []],
  ['', []],
];

describe('the comments of an SQL text', () => {
  it.each(cases)('%j', (text, expected) => {
    expect(commentsOf(text).map(({ start, end }) => text.slice(start, end))).toEqual(expected);
  });
});

const pieces = [
  ...["E'a'\n", "E'a' --x\n", "'\\'--'", "'\\' /*'", '0x1', '1e5$a$', '$a$ -- $a$', '$a$E'],
  ...'\'"$-/*\\ \n\r\t\v\feExXnNuUbB&1a_üµ😀;,+|.',
  ...[
    '--',
    '/*',
    '*/',
    '$$',
    '$a$',
    '$b$',
    '$1',
    "E'",
    "e'\\'",
    "''",
    '""',
    "U&'",
    "'\n'",
    "' --x\n'",
    '-- godwit: x\n',
    '1e5',
    '0x',
    'a$',
    '\\\\',
  ],
  ...[
    'SELECT ',
    'ALTER TABLE t ADD c text',
    "DEFAULT 'x'",
    '$f$ BEGIN END $f$',
    '/* c */',
    '-- d\n',
    '"q"',
    '(1)',
    'B1',
    'eE',
  ],
];
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));

/**
 * The scanner of libpg_query makes comments tokens, and so does not go on with a string after one, as the server does:
 * SELECT E'a' -- x, then '\\' y' on the next line, is one string to PostgreSQL 18.4.
 */
const otherThanTheServer = /'\s*--/;

it("finds what PostgreSQL's own scanner finds, in any text that it reads", () => {
  let read = 0;
  let withComments = 0;
  fc.assert(
    fc.property(text, (sql) => {
      const ours = commentsOf(sql);
      const theirs = scanned(sql);
      if (theirs === undefined || otherThanTheServer.test(sql)) return;
      read += 1;
      if (theirs.length > 0) withComments += 1;
      expect(
        ours.map(({ start, end }) => [start, end]),
        `seed ${seed}`,
      ).toEqual(theirs);
    }),
    { seed, numRuns: runsOf(20_000) },
  );
  expect(read).toBeGreaterThan(2_000);
  expect(withComments).toBeGreaterThan(1_000);
});

it('takes time in proportion to the text, whatever is never closed', () => {
  for (const piece of ["E'\\", '/*', '$a', '$aaaaaaaa$ $aaaaaaab', "E'a'\n", '""', '-', "E'' --x\n"]) {
    const long = piece.repeat(400_000 / piece.length);
    commentsOf(long);
    expect(commentsOf(`${'$'}${'a'.repeat(200_000)}${'$'}${long}`)).toEqual([]);
  }
});

/** Undefined where the scanner refuses the text. */
function scanned(sql: string): readonly (readonly [number, number])[] | undefined {
  try {
    return scanTokens(sourceText(sql)).flatMap(({ kind, start, end }) =>
      kind === 'comment' ? [[start, end] as const] : [],
    );
  } catch (error) {
    if (isFailure(error, 'sql-syntax')) return undefined;
    throw error;
  }
}
