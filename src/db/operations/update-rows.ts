import { fail } from '#core/error';
import * as data from '../data-hazards.ts';
import type { ChangeOf } from '../diff.ts';
import { noKey } from '../hazards.ts';
import type { Operation, PlanContext, StepDraft } from '../operation.ts';
import { refuseDataTable, refuseUnwritable, touchedOf } from '../planning/data-columns.ts';
import { type DataPlace, dataBatches, draftAt, keptRows, placeOf, sayOf } from '../planning/data-steps.ts';
import { rangeOf, undoBatchesAction } from '../planning/ranges.ts';
import { columnOf, tableOf } from '../planning/resolve.ts';
import { nothing, sequence, slugOf } from '../planning/steps.ts';
import { undoStep } from '../planning/undo.ts';
import { plainName, type Table } from '../schema.ts';
import { columnIds, type Target } from '../target.ts';
import { overwriteRows, restoreValues, type ValuesUndo } from '../undo.ts';
import { countGoneRows } from '../undo-gone.ts';

type Change = ChangeOf<'update-rows'>;

const users = `CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL, points int DEFAULT 0, mail text UNIQUE);
  INSERT INTO users SELECT n, 'name ' || n, n % 10, 'm' || n FROM generate_series(1, 300) AS n`;

/** Batches over the key, each with what it overwrites; going back restores what is still ours. */
export const updateRows: Operation<'update-rows'> = {
  id: 'update-rows',
  summary: 'UPDATE of one table, row by row',
  examples: [
    {
      title: 'a constant for some rows',
      setup: users,
      sql: `UPDATE users SET points = 100 WHERE name LIKE '%7'`,
      names: ['hazard/later-rows'],
    },
    {
      title: 'from its own value, exactly once',
      setup: users,
      sql: `UPDATE users AS u SET points = u.points + 1, name = upper(u.name)`,
    },
    {
      title: 'a column that the same intent renames is kept in step',
      setup: users,
      sql: `ALTER TABLE users RENAME COLUMN name TO full_name; UPDATE users SET full_name = initcap(full_name)`,
    },
    {
      title: 'a column that the same intent adds',
      setup: users,
      sql: `ALTER TABLE users ADD COLUMN short text; UPDATE users SET short = left(name, 3) WHERE id > 10`,
    },
    {
      title: 'a column whose type an earlier statement replaces',
      setup: users,
      sql: `ALTER TABLE users ALTER COLUMN points TYPE bigint; UPDATE users SET points = points + 5000000000`,
    },
    {
      title: 'a column that the same intent drops, into one whose type it replaces',
      setup: users,
      sql: `ALTER TABLE users ALTER COLUMN points TYPE bigint; UPDATE users SET points = length(mail); ALTER TABLE users DROP COLUMN mail`,
    },
    {
      title: 'rows that an earlier statement fills, and then deletes',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY, name text, level int); INSERT INTO users SELECT n, 'n' || n, nullif(n % 3, 0) FROM generate_series(1, 90) AS n`,
      sql: `-- godwit: up 9
        ALTER TABLE users ALTER COLUMN level SET NOT NULL; UPDATE users SET name = 'nine' WHERE level = 9; DELETE FROM users WHERE name = 'nine' AND id > 50`,
      equals: `UPDATE users SET level = 9 WHERE level IS NULL; ALTER TABLE users ALTER COLUMN level SET NOT NULL; UPDATE users SET name = 'nine' WHERE level = 9; DELETE FROM users WHERE name = 'nine' AND id > 50`,
    },
    {
      title: 'two keys, and triggers of the user that fire',
      setup: `CREATE TABLE lines (part text, no int, amount numeric, touched int NOT NULL DEFAULT 0, PRIMARY KEY (part, no));
        INSERT INTO lines (part, no, amount) SELECT 'p' || n % 3, n, n / 7.0 FROM generate_series(1, 100) AS n;
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN new.touched := 0; RETURN new; END';
        CREATE TRIGGER touch BEFORE UPDATE ON lines FOR EACH ROW EXECUTE FUNCTION touch()`,
      sql: 'UPDATE lines SET amount = round(amount, 2)',
      names: ['hazard/user-triggers-fire'],
    },
    {
      title: 'the key of the table',
      setup: users,
      sql: 'UPDATE users SET id = id + 1000',
      refused: 'not-built',
    },
    {
      title: 'from its own value, without a key',
      setup: 'CREATE TABLE log (n int)',
      sql: 'UPDATE log SET n = n + 1',
      refused: 'unsafe-change',
    },
    {
      title: 'cleaning before a change of type',
      setup: users,
      sql: 'UPDATE users SET mail = trim(mail); ALTER TABLE users ALTER COLUMN mail TYPE varchar(5) USING mail::varchar(5)',
      refused: 'unsafe-change',
    },
    {
      title: 'a generated column',
      setup: 'CREATE TABLE t (id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED)',
      sql: 'UPDATE t SET twice = 1',
      refused: 'bad-input',
    },
    {
      title: 'a condition by chance',
      setup: users,
      sql: 'UPDATE users SET points = 0 WHERE random() < 0.5',
      refused: 'not-built',
    },
  ],

  simulate(target, edit, { place }): Target {
    const table = tableOf(target, edit.table);
    refuseDataTable(table, 'UPDATE');
    const written = edit.assignments.map(({ column }) => columnOf(table, column));
    refuseUnwritable(table, written, 'UPDATE');
    refuseKey(table, written);
    const read = edit.columnsRead.map((name) => columnOf(table, name));
    const columns = columnIds(table);
    const statement = {
      edit,
      place,
      table: table.id,
      columns,
      source: undefined,
      touched: touchedOf({ read, written }),
    };
    return { ...target, data: [...target.data, statement] };
  },

  plan(change, context) {
    const place = placeOf(change, context);
    const undo = undoOf(change, place);
    if (undo === undefined && !change.edit.isIdempotent) throw needsKey(change);
    const step = updateStep(change, { place, undo }, context);
    return draftAt(place, undo === undefined ? [step] : [undoStep(undo, place.stage, context), step], [
      data.laterWrites(change.table.before),
      ...(place.key.length === 0 ? [noKey(change.table.before)] : []),
    ]);
  },
};

/** The written columns in the names of the moment; none where there is no key to find a row again. */
function undoOf({ edit, columns }: Change, { table, relation, key, undo }: DataPlace): ValuesUndo | undefined {
  if (key.length === 0) return undefined;
  const values = edit.assignments.flatMap(({ column }) =>
    table.columns
      .filter(({ id }) => id === columns[column])
      .map(({ name, type }) => ({ column: name, oldType: type, newType: type })),
  );
  return { undo, table: relation, key, values };
}

function updateStep(
  change: Change,
  { place, undo }: { readonly place: DataPlace; readonly undo: ValuesUndo | undefined },
  context: PlanContext,
): StepDraft {
  const { edit, columns } = change;
  const { spelling } = context;
  const { table, relation } = place;
  const from = { columns, table };
  const assignments = edit.assignments.map(({ expression }) => sayOf(expression, from, context));
  const where = edit.where === undefined ? undefined : sayOf(edit.where, from, context);
  const names = edit.assignments.map(
    ({ column }) => table.columns.find(({ id }) => id === columns[column])?.name ?? column,
  );
  const set = names.map((name, index) => `${spelling.name(name)} = ${assignments[index]}`).join(', ');
  const plain = `UPDATE ${spelling.relation(relation)} AS t SET ${set} WHERE $range${where === undefined ? '' : ` AND ${where}`}`;
  const batches =
    undo === undefined
      ? { over: rangeOf(table), statements: [plain], counted: 0 }
      : overwriteRows(undo, { assignments, where }, spelling);
  return {
    slug: `update-${slugOf(names.join(' '))}`,
    stage: place.stage,
    title: `Update ${names.join(', ')} of ${plainName(relation)}, batch by batch`,
    action: dataBatches(batches, context, { isIdempotent: edit.isIdempotent }),
    rollback:
      undo === undefined
        ? { kind: 'irreversible', why: `${plainName(relation)} has no key by which old values could be put back.` }
        : sequence([
            undoBatchesAction(restoreValues(undo, {}, spelling), context, { isQuiet: false }),
            undoBatchesAction(countGoneRows(undo, spelling), context),
          ]),
    verify:
      undo === undefined ? nothing : keptRows(undo.undo, 'rows were updated, and their old values are kept', spelling),
    hazards: data.dataTriggers(table, 'UPDATE'),
  };
}

function refuseKey(table: Table, written: readonly { readonly name: string }[]): void {
  const key = rangeOf(table).key.find(({ name }) => written.some((column) => column.name === name));
  if (key === undefined) return;
  throw fail('not-built', {
    what: `The UPDATE writes ${key.name}, which is part of the key of ${plainName(table)}.`,
    why: 'Rows are walked and found again by their key: a row that changes it would be met twice, and could not be put back.',
    next: 'Add a column for the new key, fill it, and exchange the keys in plans of their own.',
  });
}

function needsKey({ table, edit }: Change) {
  return fail('unsafe-change', {
    what: `The UPDATE of ${edit.assignments.map(({ column }) => column).join(', ')} in ${plainName(table.before)} cannot be done in batches.`,
    why: 'The table has no key, so a row may be met twice while the application changes it, and this change must happen once.',
    next: 'Give the table a primary key first, or write the change so that doing it twice is the same as once.',
  });
}
