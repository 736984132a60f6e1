import type { Operation } from '../operation.ts';
import { refuseNoDefault } from '../planning/defaults.ts';
import { columnOf, tableOf, withColumn } from '../planning/resolve.ts';
import { checkAction, lock, slugOf, sqlAction } from '../planning/steps.ts';
import { withTable } from '../target.ts';

/** Costs a look into the catalog: rows that are there keep what they hold. */
export const setDefault: Operation<'set-default'> = {
  id: 'set-default',
  summary: 'ALTER TABLE … ALTER COLUMN … SET DEFAULT …',
  examples: [
    {
      title: 'a first default',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY, state text);
        INSERT INTO users SELECT n, 'on' FROM generate_series(1, 100) AS n`,
      sql: `ALTER TABLE users ALTER COLUMN state SET DEFAULT 'new'`,
    },
    {
      title: 'another default, volatile',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY, at timestamptz DEFAULT '2026-01-01Z');
        INSERT INTO users SELECT n FROM generate_series(1, 100) AS n`,
      sql: 'ALTER TABLE users ALTER COLUMN at SET DEFAULT clock_timestamp()',
    },
    {
      title: 'of an identity column',
      setup: 'CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY)',
      sql: 'ALTER TABLE users ALTER COLUMN id SET DEFAULT 1',
      refused: 'unsafe-change',
    },
  ],

  simulate(target, edit) {
    const table = tableOf(target, edit.table);
    const column = columnOf(table, edit.column);
    refuseNoDefault(table, column);
    const after = { ...column, defaultExpression: edit.expression, defaultVolatility: edit.volatility };
    return withTable(target, withColumn(table, after));
  },

  plan({ table, before, after }, { spelling, limits }) {
    const options = { limits, locks: [lock(table.before, 'ACCESS EXCLUSIVE')] };
    const restored =
      before.defaultExpression === undefined
        ? spelling.dropDefault(table.before, before.name)
        : spelling.setDefault(table.before, before.name, before.defaultExpression);
    return {
      expand: [
        {
          slug: `default-${slugOf(before.name)}`,
          stage: 'loosen',
          title: `Set the default of ${before.name} to ${after.defaultExpression ?? 'NULL'}`,
          action: sqlAction(
            [spelling.setDefault(table.before, before.name, after.defaultExpression ?? 'NULL')],
            options,
          ),
          rollback: sqlAction([restored], options),
          verify: checkAction(spelling.defaultIs(table.before, before.name, true), 'Roll back and plan again.'),
          hazards: [],
        },
      ],
    };
  },
};
