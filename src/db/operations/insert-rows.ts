import { fail } from '#core/error';
import { dataTriggers, laterSourceRows } from '../data-hazards.ts';
import type { ChangeOf } from '../diff.ts';
import type { Operation, PlanContext, StepDraft } from '../operation.ts';
import { refuseDataTable, refuseUnwritable, touchedOf } from '../planning/data-columns.ts';
import { viewAt } from '../planning/data-moment.ts';
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
import { rangeOf, undoBatchesAction } from '../planning/ranges.ts';
import { childrenOf } from '../planning/relatives.ts';
import { columnOf, tableOf } from '../planning/resolve.ts';
import { slugOf } from '../planning/steps.ts';
import { plainName, type QualifiedName, type Table } from '../schema.ts';
import { columnIds, type Target } from '../target.ts';
import { type Inserting, insertRows as insertAndKeep, removeInsertedRows, type UndoBatches } from '../undo.ts';

type Change = ChangeOf<'insert-rows'>;

const tables = `CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL, active boolean DEFAULT true);
  INSERT INTO users SELECT n, 'name ' || n, n % 4 > 0 FROM generate_series(1, 200) AS n;
  CREATE TABLE people (id bigint PRIMARY KEY, label text, made int NOT NULL DEFAULT 7, size int GENERATED ALWAYS AS (length(label)) STORED);
  INSERT INTO people (id, label) VALUES (-1, 'theirs')`;

/** Batches over the key of the source; what was inserted is recorded, and taken out again where it is still the same. */
export const insertRows: Operation<'insert-rows'> = {
  id: 'insert-rows',
  summary: 'INSERT … SELECT from one table, one row for one row',
  examples: [
    {
      title: 'some columns of some rows',
      setup: tables,
      sql: `INSERT INTO people (id, label) SELECT id, upper(name) FROM users WHERE active`,
      names: ['hazard/later-rows'],
    },
    {
      title: 'without a list of columns',
      setup: tables,
      sql: `INSERT INTO people SELECT u.id, u.name FROM users AS u`,
    },
    {
      title: 'from a column that the same intent renames',
      setup: tables,
      sql: `ALTER TABLE users RENAME COLUMN name TO full_name; INSERT INTO people (id, label) SELECT id, full_name FROM users`,
    },
    {
      title: 'into a table without a key',
      setup: `${tables}; CREATE TABLE log (line text)`,
      sql: `INSERT INTO log (line) SELECT name FROM users`,
      refused: 'unsafe-change',
    },
    {
      title: 'from a table without a key',
      setup: `${tables}; CREATE TABLE log (n bigint, line text)`,
      sql: `INSERT INTO people (id, label) SELECT n, line FROM log`,
      refused: 'unsafe-change',
    },
    {
      title: 'from the table itself',
      setup: tables,
      sql: 'INSERT INTO users (id, name) SELECT id + 1000, name FROM users',
      refused: 'not-built',
    },
    {
      title: 'a column that is not there',
      setup: tables,
      sql: 'INSERT INTO people (id, labl) SELECT id, name FROM users',
      refused: 'unknown-object',
    },
    {
      title: 'more values than columns',
      setup: tables,
      sql: `INSERT INTO people SELECT id, name, 1, 2, 3 FROM users`,
      refused: 'bad-input',
    },
  ],

  simulate(target, given, { place }): Target {
    const table = tableOf(target, given.table);
    const from = tableOf(target, given.source);
    refuseDataTable(table, 'INSERT');
    if (table.id === from.id) throw intoItself(table);
    const columns = given.columns.length > 0 ? given.columns : firstColumns(table, given.select.length);
    const written = columns.map((name) => columnOf(table, name));
    refuseUnwritable(table, written, 'INSERT');
    const read = given.columnsRead.map((name) => columnOf(from, name));
    const source = { table: from.id, columns: columnIds(from) };
    const edit = { ...given, columns };
    const touched = touchedOf({ read, written });
    const statement = { edit, place, table: table.id, columns: columnIds(table), source, touched };
    return { ...target, data: [...target.data, statement] };
  },

  plan(change, context) {
    const place = placeOf(change, context);
    const source = viewAt(change.source.table, place.moment);
    if (rangeOf(source).key.length === 0)
      throw needsKey(
        source,
        'a row may be met twice while the application changes it, and would then be inserted twice',
      );
    if (place.key.length === 0)
      throw needsKey(place.table, 'what was inserted could not be found again, to be taken back');
    const undo = rowsUndoOf(place);
    const batches = insertAndKeep(undo, insertingOf(change, { place, source }, context), context.spelling);
    return draftAt(
      place,
      [rowsUndoStep(undo, place.stage, context), insertStep(change, { place, batches }, context)],
      [laterSourceRows(change.source.table.before, change.table.before)],
    );
  },
};

function insertingOf(
  { edit, columns, source: from }: Change,
  { place, source }: { readonly place: DataPlace; readonly source: Table },
  context: PlanContext,
): Inserting {
  const read = { columns: from.columns, table: source };
  const { table: relation, key } = rangeOf(source);
  return {
    source: relation,
    sourceKey: key,
    columns: edit.columns.map((name) => place.table.columns.find(({ id }) => id === columns[name])?.name ?? name),
    select: edit.select.map((expression) => sayOf(expression, read, context)),
    where: edit.where === undefined ? undefined : sayOf(edit.where, read, context),
  };
}

function insertStep(
  change: Change,
  { place, batches }: { readonly place: DataPlace; readonly batches: UndoBatches },
  context: PlanContext,
): StepDraft {
  const { spelling } = context;
  const { table, relation, moment } = place;
  const undo = rowsUndoOf(place);
  const back = removeInsertedRows(undo, { referencedBy: childrenOf(table, moment, context) }, spelling);
  return {
    slug: `insert-${slugOf(relation.name)}`,
    stage: place.stage,
    title: `Insert rows of ${plainName(change.source.table.before)} into ${plainName(relation)}, batch by batch`,
    action: dataBatches(batches, context, { isIdempotent: false }),
    rollback: undoBatchesAction(back, context, { isQuiet: false }),
    verify: keptRows(undo.undo, 'rows were inserted and are recorded', spelling),
    hazards: dataTriggers(table, 'INSERT'),
  };
}

/** As the server takes them: the first columns of the table, in their order. */
function firstColumns(table: Table, count: number): readonly string[] {
  if (count <= table.columns.length) return table.columns.slice(0, count).map(({ name }) => name);
  throw fail('bad-input', {
    what: `The INSERT selects ${count} values, and ${plainName(table)} has ${table.columns.length} columns.`,
    why: 'Each value needs a column.',
    next: 'Name the columns, one for each value.',
  });
}

function intoItself(table: Table) {
  return fail('not-built', {
    what: `The INSERT reads and writes ${plainName(table)}.`,
    why: 'It is done range after range of the table, and would meet the rows that it has just inserted.',
    next: 'Insert by hand, or by way of another table.',
  });
}

function needsKey(table: QualifiedName, why: string) {
  return fail('unsafe-change', {
    what: `${plainName(table)} has no key that stands before and after this plan.`,
    why: `The INSERT goes in batches: without a key ${why}.`,
    next: 'Give the table a primary key first, in a plan of its own.',
  });
}
