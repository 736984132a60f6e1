import { beforeAll, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../../../test/support/database.ts';
import {
  aggregateFunctions,
  immutableFunctions,
  momentFunctions,
  operators,
  setFunctions,
  settingFunctions,
} from './known-functions.ts';
import { loadParser } from './syntax-tree.ts';
import { isIdempotentAssignment, volatilityOf } from './volatility.ts';

beforeAll(loadParser);

it.each([
  ["'active'", 'constant'],
  ["'active'::app.status", 'constant'],
  ['0 + 1.5', 'constant'],
  ["'{}'::jsonb", 'constant'],
  ["ARRAY[1, 2]::int[] || '{3}'", 'constant'],
  ["upper('x') || a", 'constant'],
  ['CASE WHEN a THEN 1 ELSE COALESCE(b, 2) END', 'constant'],
  ["now() + interval '1 day'", 'stable'],
  ['CURRENT_TIMESTAMP', 'stable'],
  ['CURRENT_DATE', 'stable'],
  ["to_char(a, 'YYYY')", 'stable'],
  ["a AT TIME ZONE 'utc'", 'stable'],
  ['gen_random_uuid()', 'volatile'],
  ['uuidv7()', 'volatile'],
  ['random() > 0.5', 'volatile'],
  ['clock_timestamp()', 'volatile'],
  ["nextval('users_id_seq'::regclass)", 'volatile'],
  ['app.lower(a)', 'volatile'],
  ['pg_catalog.lower(a)', 'constant'],
  ['my_function(a)', 'volatile'],
  ['a::app.status', 'volatile'],
  ['a <=> b', 'volatile'],
  ['a OPERATOR(app.+) b', 'volatile'],
  ['(SELECT 1)', 'volatile'],
])('%s is %s', (expression, expected) => {
  expect(volatilityOf(expression)).toBe(expected);
});

it('the server has the last word on functions', () => {
  const functions = new Map([
    ['app.slug', 'immutable' as const],
    ['lower', 'volatile' as const],
  ]);
  expect(volatilityOf('app.slug(a)', functions)).toBe('constant');
  expect(volatilityOf('lower(a)', functions)).toBe('volatile');
});

it.each([
  [[['a', '1']], true],
  [[['a', 'lower(b)']], true],
  [[['a', "date_trunc('day', b)"]], true],
  [[['a', 'a + 1']], false],
  [
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
    false,
  ],
  [[['a', 'now()']], false],
  [[['a', 'CURRENT_DATE']], false],
  [[['a', 'gen_random_uuid()']], false],
  [[['a', 'f(b)']], false],
] as const)('%j may be done twice: %s', (assignments, expected) => {
  const list = assignments.map(([column, expression]) => ({ column, expression }));
  expect(isIdempotentAssignment(list)).toBe(expected);
});

/** Every list is what pg_proc and pg_operator say. */
it('the known functions are those of the server', async () => {
  const database: TestDatabase = await createDatabase();
  try {
    const rows = await database.query(`
      SELECT proname AS name, string_agg(DISTINCT provolatile::text, '') AS volatility,
        string_agg(DISTINCT prokind::text, '') AS kind, bool_or(proretset) AS is_set
      FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace GROUP BY proname`);
    const functions = new Map(rows.map((row) => [String(row.name), row]));
    const differing = (names: ReadonlySet<string>, fits: (row: Record<string, unknown>) => boolean) =>
      [...names].filter((name) => !fits(functions.get(name) ?? {}));
    const isPlain = (row: Record<string, unknown>) => row.kind === 'f' && row.is_set === false;
    expect(differing(immutableFunctions, (row) => isPlain(row) && row.volatility === 'i')).toEqual([]);
    const others = new Set([...settingFunctions, ...momentFunctions]);
    expect(differing(others, (row) => isPlain(row) && /^(i|s|is)$/.test(String(row.volatility)))).toEqual([]);
    const aggregates = rows.filter(
      (row) => /a/.test(String(row.kind)) && !/^pg_|^regr_|_agg_trans/.test(String(row.name)),
    );
    expect(aggregates.filter((row) => !aggregateFunctions.has(String(row.name)))).toEqual([]);
    const sets = rows.filter((row) => row.is_set === true && !/^(pg_|txid_|_pg)/.test(String(row.name)));
    expect(sets.filter((row) => !setFunctions.has(String(row.name))).map((row) => row.name)).toEqual([]);
    const volatile = await database.query(`
      SELECT oprname AS name FROM pg_operator JOIN pg_proc ON pg_proc.oid = oprcode
      WHERE oprnamespace = 'pg_catalog'::regnamespace AND provolatile = 'v'`);
    expect(volatile).toEqual([]);
    const names = await database.query(`
      SELECT DISTINCT oprname AS name FROM pg_operator WHERE oprnamespace = 'pg_catalog'::regnamespace`);
    expect(names.filter((row) => !operators.has(String(row.name)))).toEqual([]);
  } finally {
    await database.drop();
  }
});
