import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '#core/finding';
import { runsOf, seed } from '../../../../test/support/seed.ts';
import { eachOpaque, type Opaque } from '../text/comments.ts';
import { positionOf } from '../text/position-of.ts';
import type { SuppressionRequest } from './placed-suppression.ts';
import { ruleNames } from './rule-names.ts';
import { applySuppressions } from './suppressions.ts';

const names = ruleNames([
  { id: 'ds/drop-table', aliases: ['ban-drop-table', 'DS102', 'MP026', 'ps:drop-table', 'E5'] },
  { id: 'ds/drop-column', aliases: ['ban-drop-column', 'DS103', 'MP017', 'remove_column'] },
  { id: 'pg/index', aliases: ['require-concurrent-index-creation', 'PG101', 'MP001'] },
  { id: 'hy/unused-suppression', aliases: ['unused-ignore'] },
  { id: 'pg/naming', aliases: [] },
  { id: 'hy/naming', aliases: [] },
]);
const aliases: Readonly<Record<string, readonly string[]>> = { 'ds/drop-table': ['DS102'], 'pg/index': ['PG101'] };

/** Each statement of a text drops something: a finding of ds/drop-table or ds/drop-column, or of another rule by its name. */
function statementsOf(text: string) {
  const opaque: Opaque[] = [];
  eachOpaque(text, (part) => opaque.push(part));
  return [...text.matchAll(/\b(?:DROP TABLE|DROP COLUMN|CREATE INDEX|SELECT)[^;]*;/g)]
    .filter(({ index }) => !opaque.some(({ start, end }) => start <= index && index < end))
    .map((found) => ({ start: found.index, end: found.index + found[0].length - 1 }));
}

function findingsOf(text: string): readonly Finding[] {
  return statementsOf(text).flatMap(({ start }): readonly Finding[] => {
    const rule = { T: 'ds/drop-table', C: 'ds/drop-column', E: 'pg/index' }[text.charAt(start + 5)] ?? undefined;
    if (text.startsWith('SELECT', start) || rule === undefined) return [];
    const known = aliases[rule];
    return [
      {
        rule,
        severity: 'error',
        message: 'x',
        file: 'a.sql',
        ...positionOf(text, start),
        ...(known === undefined ? {} : { aliases: [...known] }),
      },
    ];
  });
}

function applied(text: string, more: Partial<Pick<SuppressionRequest, 'parts' | 'wasRun'>> = {}) {
  const request = { text, file: 'a.sql', statements: statementsOf(text), findings: findingsOf(text), names, ...more };
  const { findings, silenced } = applySuppressions(request);
  return {
    kept: findings.filter(({ rule }) => rule !== 'hy/unused-suppression').map(({ rule, line }) => `${line} ${rule}`),
    silenced: silenced.map(
      ({ finding, reason }) => `${finding.line} ${finding.rule}${reason === undefined ? '' : `: ${reason}`}`,
    ),
    told: findings.filter(({ rule }) => rule === 'hy/unused-suppression'),
  };
}

describe('a suppression that holds', () => {
  it.each([
    ['-- godwit: ignore ds/drop-table: no longer used\nDROP TABLE a;', ['2 ds/drop-table: no longer used']],
    ['--godwit:ignore drop-table:empty\nDROP TABLE a;', ['2 ds/drop-table: empty']],
    [
      '/* godwit: ignore DS102, ban-drop-column: both\n checked */\n-- another\n\nDROP TABLE a;',
      ['5 ds/drop-table: both\n checked'],
    ],
    ['DROP TABLE a; -- godwit: ignore Ban-Drop-Table -- why\nDROP TABLE b;', ['1 ds/drop-table: why']],
    ['DROP TABLE a -- godwit: ignore ps:drop-table because of this\n CASCADE;', ['1 ds/drop-table: of this']],
    ['DROP TABLE a; /* godwit: ignore drop-table: x */ DROP TABLE b;', ['1 ds/drop-table: x']],
    ['DROP TABLE a;\r\n-- godwit: ignore drop-table: x\r\nDROP TABLE b;\r\n', ['3 ds/drop-table: x']],
    [
      'DROP TABLE a;\nDROP TABLE b;\n-- godwit: ignore-file DS102: all',
      ['1 ds/drop-table: all', '2 ds/drop-table: all'],
    ],
    ['-- squawk-ignore ban-drop-table\nDROP TABLE a;', ['2 ds/drop-table']],
    ['-- squawk-ignore prefer-x,ban-drop-table -- a remark\nDROP TABLE a;', ['2 ds/drop-table: a remark']],
    ['-- squawk-ignore\nDROP TABLE a;', ['2 ds/drop-table']],
    ['/* squawk-ignore-file */\nDROP TABLE a;', ['2 ds/drop-table']],
    ['-- eugene: ignore E4, E5\nDROP TABLE a;', ['2 ds/drop-table']],
    ['-- eugene: ignore\nDROP TABLE a;', ['2 ds/drop-table']],
    ['-- atlas:nolint DS102\nDROP TABLE a;\nDROP TABLE b;', ['2 ds/drop-table']],
    ['-- Drop "a"\n-- atlas:nolint destructive data_depend\nDROP TABLE a;\nDROP TABLE b;', ['3 ds/drop-table']],
    ['-- atlas:nolint destructive\n\nDROP TABLE a;\nDROP TABLE b;', ['3 ds/drop-table', '4 ds/drop-table']],
    ['-- atlas:nolint concurrent_index\nCREATE INDEX i ON t (a);', ['2 pg/index']],
    ['-- migrationpilot-disable MP026\nDROP TABLE a;', ['2 ds/drop-table']],
    ['-- MigrationPilot-Disable-Next-Line MP026 it is empty\nDROP TABLE a;', ['2 ds/drop-table']],
    ['-- migrationpilot-disable-file\nDROP TABLE a;', ['2 ds/drop-table']],
    ['-- pgfence-ignore: drop-table, x\nDROP TABLE a;', ['2 ds/drop-table']],
    ['-- pgfence-ignore\nDROP TABLE a;', ['2 ds/drop-table']],
    ['-- pgfence: ignore drop-table\nDROP TABLE a;', ['2 ds/drop-table']],
    ['DROP TABLE a; -- pgsafe:ignore drop-table  one-off\n', ['1 ds/drop-table: one-off']],
    ['-- pgls-ignore lint/safety/banDropTable: down\nDROP TABLE a;', ['2 ds/drop-table: down']],
    ['-- pgt-ignore banDropTable\nDROP TABLE a;', ['2 ds/drop-table']],
    ['-- pgt-ignore lint\nDROP TABLE a;', ['2 ds/drop-table']],
    ['-- pgls-ignore-all lint/safety/banDropTable\n\nDROP TABLE a;', ['3 ds/drop-table']],
    [
      '-- pgls-ignore-start lint/banDropTable: reset\nDROP TABLE a;\nDROP TABLE b;\n-- pgls-ignore-end lint/banDropTable\nDROP TABLE c;',
      ['2 ds/drop-table: reset', '3 ds/drop-table: reset'],
    ],
  ])('%j', (text, silenced) => {
    expect(applied(text).silenced).toEqual(silenced);
  });

  it('is left alone where it silences all that it names', () => {
    expect(applied('-- godwit: ignore drop-table: x\nDROP TABLE a;').told).toEqual([]);
    expect(applied('-- squawk-ignore\nDROP TABLE a;').told).toEqual([]);
  });
});

const oddities: readonly (readonly [string, string])[] = [
  ['no reason', '-- godwit: ignore drop-table\nDROP TABLE a;'],
  ['an empty reason', '-- godwit: ignore drop-table: \nDROP TABLE a;'],
  ['no name', '/* godwit: ignore: why */ DROP TABLE a;'],
  ['an unknown name', '-- godwit: ignore drop-tabel: why\nDROP TABLE a;'],
  ['words that are no names', '-- godwit: ignore drop-table it is empty\nDROP TABLE a;'],
  ['an ambiguous name', '-- godwit: ignore naming: why\nDROP TABLE a;'],
  ['one unknown of two', '-- godwit: ignore drop-table, nonsense: why\nDROP TABLE a;'],
  ['nothing to silence', 'SELECT 1;\n  -- godwit: ignore drop-table: why\nSELECT 2;'],
  ['nothing to silence, behind a statement', 'SELECT 1; -- godwit: ignore drop-table: why\nSELECT 2;'],
  [
    'nothing to silence, within a statement',
    'SELECT /* godwit: ignore drop-table: why */a/* godwit: ignore pg/index: why */b;',
  ],
  ['one idle of two', 'DROP TABLE a; /* godwit: ignore drop-table, drop-column because why */'],
  ['no statement after it', 'DROP TABLE a;\n-- godwit: ignore drop-table: why\n'],
  ['the rule about suppressions itself', '-- godwit: ignore-file hy/unused-suppression, drop-table: why\n'],
  ['an idle comment of another tool', '-- squawk-ignore ban-drop-table\nSELECT 1;'],
  ['nothing to silence, of another tool and all', '/* squawk-ignore */ SELECT 1;'],
  ['an unknown name of another tool', '-- eugene: ignore E99\nDROP TABLE a;'],
  ['no reason for pgsafe', '-- pgsafe:ignore drop-table\nDROP TABLE a;'],
  ['no end', '-- pgt-ignore-start lint/banDropTable\nDROP TABLE a;'],
  ['no beginning', '-- pgt-ignore-end lint/banDropTable\nDROP TABLE a;'],
];

describe('a suppression comment with', () => {
  it.each(oddities)('%s', (_, text) => {
    const { kept, told } = applied(text);
    const fixed = told.map(({ edit }) => {
      if (edit === undefined) return undefined;
      expect(text.slice(edit.offset, edit.offset + edit.length)).toBe(edit.before);
      return `${text.slice(0, edit.offset)}${edit.text}${text.slice(edit.offset + edit.length)}`;
    });
    const lines = told.map(
      (one, index) =>
        `${one.line}:${one.column}-${one.endLine}:${one.endColumn} ${one.severity} ${one.message} ${one.instead}${fixed[index] === undefined ? '' : ` Fixed: ${JSON.stringify(fixed[index])}`}`,
    );
    expect([text, ...kept.map((one) => `kept ${one}`), ...lines].join('\n')).toMatchSnapshot();
  });

  it('a place in a part of the file that was not looked at is left alone', () => {
    const up = 'DROP TABLE a;\n';
    const text = `-- squawk-ignore-file ban-drop-table\n${up}-- godwit: ignore drop-column: x\nDROP COLUMN b;`;
    const start = text.indexOf(up);
    const { silenced, told } = applied(text, { parts: [{ start, end: start + up.length }] });
    expect(silenced).toEqual(['2 ds/drop-table']);
    expect(told).toEqual([]);
  });

  it.each([
    "SELECT '-- godwit: ignore x';",
    '-- see godwit: ignore x',
    '-- godwit: up lower(a)',
    '-- squawk-ignored x',
  ])('%j is none', (text) => {
    expect(applied(text)).toEqual({ kept: [], silenced: [], told: [] });
  });
});

const directives = [
  'godwit: ignore drop-table: why',
  'godwit: ignore ds/drop-column, DS102, pg/index because why',
  'godwit: ignore-file drop-column, nonsense -- why',
  'godwit: ignore drop-table',
  'squawk-ignore ban-drop-table, x',
  'eugene: ignore E5',
  'atlas:nolint destructive',
  'migrationpilot-disable MP026',
  'pgfence-ignore',
  'pgsafe:ignore drop-table why',
  'pgls-ignore-start banDropTable',
  'pgls-ignore-end banDropTable',
  'pgt-ignore lint',
];
const pieces = [
  ...directives.flatMap((said) => [`-- ${said}\n`, `/* ${said} */`, `${said} `]),
  ...['DROP TABLE a;', 'DROP COLUMN b;', 'CREATE INDEX i;', 'SELECT 1;', 'DROP TABLE a\n', ';', '\n', '\r\n', ' '],
  ...['-- ', '/* ', ' */', "'", '$$', ': ', ', ', '\ufeff', '\ud800'],
];

it('any comment is taken: no finding is lost, and what a fix takes away was idle', () => {
  let silencing = 0;
  const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(texts, (text) => {
      const before = applied(text);
      expect(before.kept.length + before.silenced.length).toBe(findingsOf(text).length);
      silencing += before.silenced.length;
      const edit = before.told.find((one) => one.edit !== undefined)?.edit;
      if (edit === undefined) return;
      expect(text.slice(edit.offset, edit.offset + edit.length)).toBe(edit.before);
      const after = applied(`${text.slice(0, edit.offset)}${edit.text}${text.slice(edit.offset + edit.length)}`);
      expect(after.silenced.length, `seed ${seed}: ${JSON.stringify(text)}`).toBe(before.silenced.length);
      expect(after.kept.length).toBe(before.kept.length);
    }),
    { seed, numRuns: runsOf(5_000) },
  );
  expect(silencing).toBeGreaterThan(100);
});

it('the name of a rule that was not run is not called unused', () => {
  const text = '-- godwit: ignore pg/index, ds/drop-table: x\nSELECT 1;';
  const { told } = applied(text, { wasRun: (rule) => rule !== 'pg/index' });
  expect(told.map(({ message }) => message)).toEqual([expect.stringContaining('nothing of ds/drop-table')]);
  expect(applied(text, { wasRun: () => false }).told).toEqual([]);
});

describe('the names of rules', () => {
  it.each([
    ['DS/Drop-Table', ['ds/drop-table']],
    ['drop-column', ['ds/drop-column']],
    ['removeColumn', ['ds/drop-column']],
    ['ps:ban-drop-table', ['ds/drop-table']],
    ['naming', []],
    ['', []],
  ])('%j means %j', (name, ids) => {
    expect(names.named(name)).toEqual(ids);
  });
});
