import { fail } from '#core/error';
import type { ChangeOf } from '../diff.ts';
import type { Operation, PlanContext } from '../operation.ts';
import { expressionIn } from '../planning/expression.ts';
import { ordinalOf, ownName } from '../planning/names.ts';
import { tightenIfPossible } from '../planning/not-null.ts';
import { batchesAction } from '../planning/ranges.ts';
import { columnOf, tableOf, withColumn } from '../planning/resolve.ts';
import { checkAction, lock, sequence, slugOf, sqlAction } from '../planning/steps.ts';
import { type Column, plainName, primaryKeyOf, type Table } from '../schema.ts';
import { expressionOver, withTable, withTransformation } from '../target.ts';
import { userTriggersFireBack } from '../trigger-hazards.ts';

/** Loosens in the catalog alone. The way back fills by `down` what was written as NULL meanwhile. */
export const dropNotNull: Operation<'drop-not-null'> = {
  id: 'drop-not-null',
  summary: 'ALTER TABLE … ALTER COLUMN … DROP NOT NULL',
  examples: [
    {
      title: 'a plain column',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL);
        INSERT INTO users SELECT n, 'name ' || n FROM generate_series(1, 100) AS n`,
      sql: 'ALTER TABLE users ALTER COLUMN name DROP NOT NULL',
    },
    {
      title: 'of the primary key',
      setup: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'ALTER TABLE users ALTER COLUMN id DROP NOT NULL',
      refused: 'unsafe-change',
    },
  ],

  simulate(target, edit, { down }) {
    const table = tableOf(target, edit.table);
    const column = columnOf(table, edit.column);
    refuseKey(table, column);
    const loosened = withTable(target, withColumn(table, { ...column, isNotNull: false }));
    if (down === undefined) return loosened;
    return withTransformation(loosened, column.id, { down: expressionOver(table, down) });
  },

  plan(change, context) {
    const { table, before, down } = change;
    const { spelling, limits } = context;
    const changing = { isQuiet: false, columnId: before.id };
    return {
      expand: [
        {
          slug: `nullable-${slugOf(before.name)}`,
          stage: 'loosen',
          title: `Let ${before.name} hold NULL`,
          action: sqlAction([spelling.dropNotNull(table.before, before.name)], {
            limits,
            locks: [lock(table.before, 'ACCESS EXCLUSIVE')],
          }),
          rollback: tightenAgain(change, context),
          verify: checkAction(
            spelling.columnsAre(table.before, [{ column: before.name, is: 'nullable' }]),
            'Roll back and plan again.',
          ),
          hazards: down === undefined ? [] : userTriggersFireBack(table.before, changing),
        },
      ],
    };
  },
};

function tightenAgain(change: ChangeOf<'drop-not-null'>, context: PlanContext) {
  const { table, before, down } = change;
  const { spelling } = context;
  const notNull = {
    table: table.before,
    column: before.name,
    guard: ownName(context, 'not_null', ordinalOf(change, context)),
  };
  const column = spelling.name(before.name);
  const value =
    down === undefined ? 'NULL' : `(${expressionIn(down, { table: table.before, qualifier: 't' }, context)})`;
  const fill = `UPDATE ${spelling.relation(table.before)} AS t SET ${column} = ${value} WHERE $range AND t.${column} IS NULL AND ${value} IS NOT NULL`;
  return sequence([
    ...(down === undefined
      ? []
      : [batchesAction(table.before, fill, context, { isQuiet: false, isSelfLimiting: true })]),
    ...tightenIfPossible(notNull, table.before, context),
  ]);
}

function refuseKey(table: Table, column: Column): void {
  const isKey = primaryKeyOf(table)?.columns.includes(column.id) === true;
  if (!isKey && column.identity === undefined) return;
  throw fail('unsafe-change', {
    what: `${plainName(table)}.${column.name} is ${isKey ? 'part of the primary key' : 'an identity column'}.`,
    why: 'The server does not let it hold NULL.',
    next: 'Leave this statement out.',
  });
}
