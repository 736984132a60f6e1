import { fail } from '#core/error';
import { dataTriggers, laterWrites } from '../data-hazards.ts';
import type { ChangeOf } from '../diff.ts';
import { noKey } from '../hazards.ts';
import type { Operation, PlanContext, StepDraft } from '../operation.ts';
import { refuseDataTable, touchedOf } from '../planning/data-columns.ts';
import {
  type DataPlace,
  dataBatches,
  draftAt,
  keptRows,
  placeOf,
  rowsUndoOf,
  rowsUndoStep,
  sayOf,
} from '../planning/data-steps.ts';
import { undoBatchesAction } from '../planning/ranges.ts';
import { incomingKeys, parentsOf } from '../planning/relatives.ts';
import { columnOf, tableOf } from '../planning/resolve.ts';
import { slugOf } from '../planning/steps.ts';
import { plainName, type Table } from '../schema.ts';
import { columnIds, type Target } from '../target.ts';
import { deleteRows as deleteAndKeep, type RowsUndo, restoreDeletedRows } from '../undo.ts';

type Change = ChangeOf<'delete-rows'>;

const family = (onDelete: string) => `CREATE TABLE users (id bigint PRIMARY KEY, name text);
  INSERT INTO users SELECT n, 'name ' || n FROM generate_series(1, 60) AS n;
  CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id bigint REFERENCES users ${onDelete},
    note text, doubled bigint GENERATED ALWAYS AS (user_id * 2) STORED);
  INSERT INTO orders (user_id, note) SELECT n % 50 + 1, 'note ' || n FROM generate_series(1, 300) AS n`;

/** Batches over the key; rows are kept whole, and put back where nothing stands in their place. */
export const deleteRows: Operation<'delete-rows'> = {
  id: 'delete-rows',
  summary: 'DELETE from one table, row by row',
  examples: [
    {
      title: 'some rows, with an identity and a generated column',
      setup: family(''),
      sql: `DELETE FROM orders WHERE id % 3 = 0`,
      names: ['hazard/later-rows'],
    },
    {
      title: 'children first, then parents',
      setup: family(''),
      sql: `DELETE FROM orders WHERE user_id > 40; DELETE FROM users AS u WHERE u.id > 40`,
    },
    {
      title: 'a table without a key',
      setup: `CREATE TABLE log (line text, at int); INSERT INTO log SELECT 'x', n FROM generate_series(1, 50) AS n`,
      sql: 'DELETE FROM log WHERE at < 10',
      names: ['hazard/no-primary-key'],
    },
    {
      title: 'by a column that the same intent renames',
      setup: family(''),
      sql: `ALTER TABLE orders RENAME COLUMN note TO remark; DELETE FROM orders WHERE remark LIKE '%5'`,
    },
    {
      title: 'rows whose deletion would delete others',
      setup: family('ON DELETE CASCADE'),
      sql: 'DELETE FROM users WHERE id < 10',
      refused: 'unsafe-change',
    },
    {
      title: 'rows whose deletion would empty columns of others',
      setup: family('ON DELETE SET NULL'),
      sql: 'DELETE FROM users WHERE id < 10',
      refused: 'unsafe-change',
    },
    {
      title: 'a tree',
      setup: 'CREATE TABLE nodes (id int PRIMARY KEY, above int REFERENCES nodes)',
      sql: 'DELETE FROM nodes WHERE id < 10',
      refused: 'not-built',
    },
  ],

  simulate(target, edit, { place }): Target {
    const table = tableOf(target, edit.table);
    refuseDataTable(table, 'DELETE');
    refuseFollowers(table, target);
    const read = edit.columnsRead.map((name) => columnOf(table, name));
    const touched = touchedOf({ read, written: [] });
    const statement = { edit, place, table: table.id, columns: columnIds(table), source: undefined, touched };
    return { ...target, data: [...target.data, statement] };
  },

  plan(change, context) {
    const place = placeOf(change, context);
    const undo = rowsUndoOf(place);
    return draftAt(
      place,
      [rowsUndoStep(undo, place.stage, context), deleteStep(change, { place, undo }, context)],
      [laterWrites(change.table.before), ...(place.key.length === 0 ? [noKey(change.table.before)] : [])],
    );
  },
};

function deleteStep(
  { edit, columns }: Change,
  { place, undo }: { readonly place: DataPlace; readonly undo: RowsUndo },
  context: PlanContext,
): StepDraft {
  const { spelling } = context;
  const { table, relation, moment } = place;
  const where = edit.where === undefined ? undefined : sayOf(edit.where, { columns, table }, context);
  const back = restoreDeletedRows(undo, { references: parentsOf(table, moment, context) }, spelling);
  return {
    slug: `delete-${slugOf(relation.name)}`,
    stage: place.stage,
    title: `Delete rows of ${plainName(relation)}, batch by batch`,
    action: dataBatches(deleteAndKeep(undo, { where }, spelling), context, { isIdempotent: true }),
    rollback: undoBatchesAction(back, context, { isQuiet: false }),
    verify: keptRows(undo.undo, 'rows were deleted and are kept', spelling),
    hazards: dataTriggers(table, 'DELETE'),
  };
}

/** Rows that go or change because these go are not kept: so none may. */
function refuseFollowers(table: Table, { snapshot }: Target): void {
  for (const { from, key } of incomingKeys(snapshot, table)) {
    if (from.id === table.id) throw tree(table, key.name);
    const action = key.references?.onDelete.toLowerCase() ?? 'no action';
    if (action === 'no action' || action === 'restrict') continue;
    throw fail('unsafe-change', {
      what: `Rows of ${plainName(from)} refer to ${plainName(table)} with ON DELETE ${action.toUpperCase()} (${key.name}).`,
      why: 'What this DELETE would take from that table is not kept, so a rollback could not bring it back.',
      next: `Delete or change those rows of ${plainName(from)} first, as a statement of its own in the same intent, and let ${key.name} be ON DELETE NO ACTION.`,
    });
  }
}

function tree(table: Table, key: string) {
  return fail('not-built', {
    what: `Rows of ${plainName(table)} refer to rows of the same table (${key}).`,
    why: 'Batches go by the key and not by who refers to whom, so neither the DELETE nor its way back could keep that order.',
    next: 'Delete such rows by hand, leaves first.',
  });
}
