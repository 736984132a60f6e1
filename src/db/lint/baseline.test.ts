import { describe, expect, it } from 'vitest';
import { isFailure } from '#core/error';
import type { Finding } from '#core/finding';
import { baselineOf, baselineText, fingerprinted, parseBaseline, splitByBaseline } from './baseline.ts';
import { normalText } from './text/normal-text.ts';

const nameOf = (file: string) => file;
const everywhere = { nameOf, isCovered: () => true };

function finding(line: number, more: Partial<Finding> = {}): Finding {
  return { rule: 'pg/index', severity: 'error', message: `the index on t`, file: 'a.sql', line, column: 1, ...more };
}

/** Findings of one rule, one for each statement of a file. */
function marked(statements: readonly string[], more: Partial<Finding> = {}): readonly Finding[] {
  const findings = statements.map((_, index) => finding(index + 1, more));
  return fingerprinted(findings, { statementOf: ({ line }) => statements[(line ?? 0) - 1], nameOf });
}

describe('a fingerprint', () => {
  const [plain] = marked(["CREATE INDEX i ON t (lower(a), b) WHERE c = 'X  y'"]);

  it.each([
    ["create index i\r\n  on t(lower(a),b)\n where c='X  y';"],
    ["-- why\nCREATE INDEX i ON /* big */ t (lower(a), b) -- godwit: ignore x: y\nWHERE c = 'X  y'"],
  ])('outlives %j', (statement) => {
    expect(marked([statement])[0]?.fingerprint).toBe(plain?.fingerprint);
  });

  it.each([
    ["CREATE INDEX i ON t (lower(a), b) WHERE c = 'X y'"],
    ["CREATE INDEX i ON t (lower(a), b) WHERE c = 'x  y'"],
    ["CREATE INDEX i ON t (lowera, b) WHERE c = 'X  y'"],
  ])('is another for %j', (statement) => {
    expect(marked([statement])[0]?.fingerprint).not.toBe(plain?.fingerprint);
  });

  it('tells equal statements of a file apart, and rules, and files', () => {
    const all = [
      ...marked(['DROP TABLE t', 'DROP TABLE t']),
      ...marked(['DROP TABLE t'], { rule: 'ds/drop-table' }),
      ...marked(['DROP TABLE t'], { file: 'b.sql' }),
    ];
    expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(4);
  });

  it('is of the message where no statement is known, and of nothing without a file', () => {
    const [one, two, three] = fingerprinted(
      [finding(1), finding(9, { message: 'other' }), { rule: 'x', severity: 'advice', message: 'y' }],
      { statementOf: () => undefined, nameOf },
    );
    expect(one?.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(two?.fingerprint).not.toBe(one?.fingerprint);
    expect(three).not.toHaveProperty('fingerprint');
  });
});

describe('a baseline', () => {
  const old = marked(['DROP TABLE b', 'DROP TABLE a', 'DROP TABLE a']);

  it('is a file with one finding a line, sorted, that is read back as it was', () => {
    const text = baselineText(baselineOf([...old].reverse(), nameOf));
    expect(text).toBe(baselineText(baselineOf(old, nameOf)));
    expect(text).toMatchInlineSnapshot(`
      "{
        "version": 2,
        "findings": [
          {"file":"a.sql","rule":"pg/index","fingerprint":"219fa5ad6e9bd73a","message":"the index on t"},
          {"file":"a.sql","rule":"pg/index","fingerprint":"57600d37ffaa7b51","message":"the index on t"},
          {"file":"a.sql","rule":"pg/index","fingerprint":"5fe3a507c7688f87","message":"the index on t"}
        ]
      }
      "
    `);
    expect(parseBaseline(text, 'x.json')).toEqual(baselineOf(old, nameOf));
    expect(parseBaseline(baselineText(baselineOf([], nameOf)), 'x.json').findings).toEqual([]);
  });

  it('splits what is new from what was known, wherever the lines went', () => {
    const now = marked(['DROP TABLE c', '', 'drop table A;', 'DROP TABLE b']);
    const split = splitByBaseline(now, { baseline: baselineOf(old, nameOf), ...everywhere });
    expect(split.fresh.map(({ line }) => line)).toEqual([1, 2]);
    expect(split.known.map(({ line }) => line)).toEqual([3, 4]);
    expect(split.gone).toHaveLength(1);
    expect(split.gone[0]).toMatchObject({ file: 'a.sql', rule: 'pg/index' });
  });

  it('takes nothing for mended in a file that was not looked at', () => {
    const split = splitByBaseline([], {
      baseline: baselineOf(old, nameOf),
      nameOf,
      isCovered: (file) => file !== 'a.sql',
    });
    expect(split.gone).toEqual([]);
  });

  it.each([
    ['{', 'It is not JSON'],
    ['[]', 'Its outermost value: '],
    ['{"version": 3, "findings": []}', 'version: '],
    ['{"version": 1, "findings": [{"file": "a", "rule": "b", "message": ""}]}', 'findings[0].fingerprint: '],
  ])('%s is refused', (text, why) => {
    const read = () => parseBaseline(text, 'lint-baseline.json');
    expect(read).toThrow(why);
    try {
      read();
    } catch (error) {
      expect(isFailure(error, 'bad-input') && error.explanation.what).toContain('lint-baseline.json');
    }
  });
});

it.each([
  ['SELECT  1 ;', 'select 1'],
  ['a + b', 'a+b'],
  ["DEFAULT 'A'  'B'", "default 'A' 'B'"],
  ['"A"."B"', '"A"."B"'],
  ['f( x , $$ A  B $$ )', 'f(x,$$ A  B $$)'],
  ['a/**/b', 'a b'],
])('%j is compared as %j', (text, normal) => {
  expect(normalText(text)).toBe(normal);
});
