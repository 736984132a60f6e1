import type { Operation } from '../operation.ts';
import { refuseNoDefault } from '../planning/defaults.ts';
import { columnOf, tableOf, withColumn } from '../planning/resolve.ts';
import { checkAction, lock, slugOf, sqlAction } from '../planning/steps.ts';
import { withTable } from '../target.ts';

/** The old version may rely on the default, so it stays until that version is gone. */
export const dropDefault: Operation<'drop-default'> = {
  id: 'drop-default',
  summary: 'ALTER TABLE … ALTER COLUMN … DROP DEFAULT',
  examples: [
    {
      title: 'a constant',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY, state text NOT NULL DEFAULT 'new');
        INSERT INTO users SELECT n FROM generate_series(1, 100) AS n`,
      sql: 'ALTER TABLE users ALTER COLUMN state DROP DEFAULT',
    },
  ],

  simulate(target, edit) {
    const table = tableOf(target, edit.table);
    const column = columnOf(table, edit.column);
    refuseNoDefault(table, column);
    const after = { ...column, defaultExpression: undefined, defaultVolatility: undefined };
    return withTable(target, withColumn(table, after));
  },

  plan({ table, before, after }, { spelling, limits }) {
    const options = { limits, locks: [lock(table.after, 'ACCESS EXCLUSIVE')] };
    return {
      deployNeeds: [
        `Deploy the version that names ${after.name} in every INSERT into ${table.after.name}, and end the last instance of the old one: from then on the default is gone.`,
      ],
      contract: [
        {
          slug: `no-default-${slugOf(after.name)}`,
          stage: 'tighten',
          title: `Drop the default of ${after.name}`,
          action: sqlAction([spelling.dropDefault(table.after, after.name)], options),
          rollback: sqlAction(
            [spelling.setDefault(table.after, after.name, before.defaultExpression ?? 'NULL')],
            options,
          ),
          verify: checkAction(spelling.defaultIs(table.after, after.name, false), 'Roll back and plan again.'),
          hazards: [],
        },
      ],
    };
  },
};
