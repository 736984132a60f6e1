import { beforeAll, describe, expect, it } from 'vitest';
import { loadParser, parseTree } from '../../drivers/postgres/sql/syntax-tree.ts';
import { maskForeign } from './mask-foreign.ts';
import { scanSql } from './scan-sql.ts';

beforeAll(loadParser);

// A § stands for the dollar sign before a brace, which the linter takes for a template of JavaScript.

describe.each([
  ['\\set ON_ERROR_STOP on\nSELECT 1;', '                     \nSELECT 1;', ['psql-command']],
  ["SELECT 'DROP TABLE a' \\gexec\nSELECT 1;", "SELECT 'DROP TABLE a' ;     \nSELECT 1;", ['psql-command']],
  ['\\i other.sql\r\nSELECT 1;\r\n', '            \r\nSELECT 1;\r\n', ['psql-command']],
  ["COPY a (x) FROM stdin;\n1\tit's\n\\.\nSELECT 1;", 'COPY a (x) FROM stdin;\n      \n  \nSELECT 1;', ['copy-data']],
  ['COPY a FROM STDIN WITH (FORMAT csv);\n1;2', 'COPY a FROM STDIN WITH (FORMAT csv);\n   ', ['copy-data']],
  ['GRANT ALL ON a TO :owner;', 'GRANT ALL ON a TO _owner;', ['variable']],
  [
    'SELECT * FROM :"tbl" WHERE x = :\'value\';',
    'SELECT * FROM  "tbl" WHERE x =  \'value\';',
    ['variable', 'variable'],
  ],
  ['CREATE TABLE §{schema}.a (id int);', 'CREATE TABLE __schema_.a (id int);', ['placeholder']],
  ['CREATE TABLE §{prefix}_users (id int);', 'CREATE TABLE __prefix__users (id int);', ['placeholder']],
  ['CREATE TABLE {{ .Schema }}.a (id int);', 'CREATE TABLE ____Schema___.a (id int);', ['placeholder']],
  ['SELECT * FROM {{ ref("a") }};', 'SELECT * FROM ___ref__a_____;', ['placeholder']],
  [
    'DROP TABLE {{ index .Options "N" }}.a, "{{ index .Options "N" }}_b";',
    'DROP TABLE ___index__Options__N____.a, "___index__Options__N_____b";',
    ['placeholder', 'placeholder'],
  ],
  ['{{if .postgres}}\nSELECT 1;\n{{end}}', '                \nSELECT 1;\n       ', ['template', 'template']],
  ['§{statements}\nSELECT 1;', '             \nSELECT 1;', ['placeholder']],
  ['DROP TABLE {name};', 'DROP TABLE _name_;', ['placeholder']],
  ['DROP TABLE #{name};', 'DROP TABLE __name_;', ['placeholder']],
  ['DROP TABLE $(name);', 'DROP TABLE __name_;', ['placeholder']],
  ['DROP TABLE <%= name %>;', 'DROP TABLE ____name___;', ['placeholder']],
  ['\uFEFFSELECT 1;', ' SELECT 1;', ['byte-order-mark']],
  [
    'CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ DELETE FROM §{s}.a $$;',
    'CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ DELETE FROM __s_.a $$;',
    ['placeholder'],
  ],
])('%j', (given, masked, kinds) => {
  const text = given.replaceAll('§', '$');
  const answer = maskForeign(text);
  it('is masked in its own length, and parses then', () => {
    expect(answer.text).toBe(masked);
    expect(answer.text).toHaveLength(text.length);
    expect(answer.masked.map(({ kind }) => kind)).toEqual(kinds);
    expect(() => parseTree(answer.text)).not.toThrow();
  });
});

it.each([
  "SELECT a::text, b::int[], (c)[1:2], d[e:f] FROM t WHERE x = '§{y} {{z}} :v \\n' -- §{note} \\d",
  "SELECT E'it\\'s \\\\', U&'\\0041', \"a:b§{c}\", $tag$ {{x}} :y \\z $tag$;",
  "/* :a /* §{b} */ \\c */ SELECT '{a,b}'::text[], '{\"a\": 1}'::jsonb, x->>'b', 'a' <% b;",
  'SELECT $1, a$b, 1 AS "x""y", now() - interval \'1 day\';',
  'COPY a TO stdout;\nSELECT 1;',
])('SQL stays as it is: %j', (given) => {
  const text = given.replaceAll('§', '$');
  expect(maskForeign(text)).toEqual({ text, masked: [] });
});

it('whatever is given, the stretches cover it without gaps and the mask keeps length and lines', () => {
  let seed = 20;
  const next = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const bits = [
    "'",
    '"',
    '$',
    '$$',
    '$a$',
    '\\',
    ';',
    '--',
    '/*',
    '*/',
    '{{',
    '}}',
    '§{a}',
    ':',
    'E',
    '\r\n',
    '\n',
    'COPY a FROM stdin',
  ];
  for (let round = 0; round < 3000; round += 1) {
    const chosen = Array.from({ length: next(14) }, () => bits[next(bits.length)]);
    const text = chosen.join(next(2) === 0 ? ' ' : '').replaceAll('§', '$');
    const stretches = scanSql(text);
    expect(stretches.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
    const masked = maskForeign(text).text;
    expect(masked).toHaveLength(text.length);
    expect(masked.replace(/[^\r\n]/g, '.')).toBe(text.replace(/[^\r\n]/g, '.'));
  }
});

it('a large file is masked in a moment', () => {
  const text = "INSERT INTO §{s}.a VALUES ('it''s', :v, E'\\n');\n".repeat(20_000).replaceAll('§', '$');
  const started = performance.now();
  expect(maskForeign(text).masked).toHaveLength(40_000);
  expect(performance.now() - started).toBeLessThan(3000);
});
