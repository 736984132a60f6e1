import type { BatchesAction } from './action.ts';
import { plainName, type QualifiedName } from './schema.ts';
import type { NameSpelling } from './spelling.ts';

/**
 * Undo tables: what a step overwrites, deletes or inserts is written beside, in the same statement. Everything here is
 * text for `db/sql` and `db/batches`; expressions are over alias `t`, the table whose ranges are walked. A step that
 * changes key columns cannot be undone this way, and its statements must not run with `quietTriggers`, which would
 * keep foreign keys from being checked.
 */
type Key = BatchesAction['over']['key'];

/** What a `db/batches` is made of, but for how it runs. `over` is the table whose ranges are walked. */
export type UndoBatches = Pick<BatchesAction, 'over' | 'statements' | 'counted' | 'exceptions'>;

/** A column or value kept in an undo table. */
export type UndoColumn = { readonly name: string; readonly type: string };

/**
 * Keeps single values by key: one row for each row of the table, with the value that was there (`old_1` …) and the one
 * that stands in its place (`new_1` …). `key` must not be empty.
 */
export type ValuesUndo = {
  readonly undo: QualifiedName;
  readonly table: QualifiedName;
  readonly key: Key;
  readonly values: readonly { readonly column: string; readonly oldType: string; readonly newType: string }[];
};

/** Keeps whole rows, as they were deleted or inserted. `columns` are all but generated ones. */
export type RowsUndo = {
  readonly undo: QualifiedName;
  readonly table: QualifiedName;
  readonly key: Key;
  readonly columns: readonly UndoColumn[];
};

/** The table that keeps what one step of a plan takes away. `number` counts them within the plan. */
export function undoTable(tag: string, number: number): QualifiedName {
  return { schema: 'godwit', name: `undo_${tag}_${number}` };
}

/** Name of the triggers that forget what such a table keeps of rows that are deleted. */
export function forgettingName(undo: string): string {
  return `godwit_${undo}`;
}

/** Statements that make a table for values, and say on it what it is. */
export function createValuesUndo(of: ValuesUndo, spelling: NameSpelling): readonly string[] {
  const keys = of.key.map(({ type }, place) => `key_${place + 1} ${type} NOT NULL`);
  const values = of.values.flatMap((value, place) => [
    `old_${place + 1} ${value.oldType}`,
    `new_${place + 1} ${value.newType}`,
  ]);
  const primaryKey = `PRIMARY KEY (${keysOf(of).join(', ')})`;
  const columns = of.values.map(({ column }) => column).join(', ');
  return [
    `CREATE TABLE ${spelling.relation(of.undo)} (${[...keys, ...values, primaryKey].join(', ')})`,
    comment(of.undo, `godwit: values of ${columns} of ${plainName(of.table)}, kept to be restored`, spelling),
  ];
}

/** Statements that make a table for rows, and say on it what it is. */
export function createRowsUndo(of: RowsUndo, spelling: NameSpelling): readonly string[] {
  const columns = of.columns.map(({ name, type }) => `${spelling.name(name)} ${type}`);
  const row = `${rowNumber.name} ${rowNumber.type} GENERATED ALWAYS AS IDENTITY PRIMARY KEY`;
  return [
    `CREATE TABLE ${spelling.relation(of.undo)} (${[row, ...columns].join(', ')})`,
    comment(of.undo, `godwit: rows of ${plainName(of.table)}, kept to be taken back`, spelling),
  ];
}

/** Ends an undo table. */
export function dropUndo(undo: QualifiedName, spelling: NameSpelling): string {
  return `DROP TABLE IF EXISTS ${spelling.relation(undo)}`;
}

/**
 * UPDATE that keeps what it overwrites. `assignments` are in the order of the undo table's values; a row is locked
 * before its old values are read, so nothing that the application writes meanwhile is lost.
 */
export function overwriteRows(
  of: ValuesUndo,
  { assignments, where }: { readonly assignments: readonly string[]; readonly where: string | undefined },
  spelling: NameSpelling,
): UndoBatches {
  const { name, relation } = spelling;
  const keys = keysOf(of).join(', ');
  const key = of.key.map((column, place) => `t.${name(column.name)} AS key_${place + 1}`);
  const old = of.values.map(({ column }, place) => `t.${name(column)} AS old_${place + 1}`);
  const now = of.values.map(({ column }, place) => `t.${name(column)} AS new_${place + 1}`);
  const set = of.values.map(({ column }, place) => `${name(column)} = ${assignments[place]}`);
  const values = of.values.flatMap((_, place) => [`old_${place + 1}`, `new_${place + 1}`]).join(', ');
  const statement = `WITH before AS MATERIALIZED (
  SELECT ${[...key, ...old].join(', ')} FROM ${relation(of.table)} AS t WHERE $range${and(where)} FOR NO KEY UPDATE
), changed AS (
  UPDATE ${relation(of.table)} AS t SET ${set.join(', ')} FROM before WHERE ${matches(of, 't', 'before', spelling)}
  RETURNING ${[...key, ...now].join(', ')}
)
INSERT INTO ${relation(of.undo)} (${keys}, ${values}) SELECT ${keys}, ${values} FROM before JOIN changed USING (${keys})`;
  return { over: { table: of.table, key: of.key }, statements: [statement], counted: 0 };
}

/**
 * Copies values beside, without changing them: a column that will be dropped, or rows that a transformation loses.
 * `old` and `now` are expressions in the order of the values. What a capture trigger has kept already stays. A row is
 * locked against DELETE, so that nothing is kept of one that is gone (see `Forgetting`).
 */
export function keepValues(
  of: ValuesUndo,
  { old, now, where }: { readonly old: readonly string[]; readonly now: readonly string[]; readonly where?: string },
  spelling: NameSpelling,
): UndoBatches {
  const { name, relation } = spelling;
  const key = of.key.map((column) => `t.${name(column.name)}`);
  const columns = of.values.flatMap((_, place) => [`old_${place + 1}`, `new_${place + 1}`]);
  const values = of.values.flatMap((_, place) => [old[place] ?? 'NULL', now[place] ?? 'NULL']);
  const statement = `INSERT INTO ${relation(of.undo)} (${[...keysOf(of), ...columns].join(', ')})
SELECT ${[...key, ...values].join(', ')} FROM ${relation(of.table)} AS t WHERE $range${and(where)} FOR KEY SHARE
ON CONFLICT DO NOTHING`;
  return { over: { table: of.table, key: of.key }, statements: [statement], counted: 0 };
}

/** How a value is found to be still ours, and whether the rest is told. */
export type Restoring = {
  /** The value that stands now, over alias `r`, one for each value; where absent the column itself. */
  readonly current?: readonly string[];
  /** False: rows with another value are as they should be, and nothing is told. */
  readonly tellsOthers?: boolean;
};

/**
 * Puts kept values back wherever the value that stands in their place is still the one that was recorded, byte for
 * byte. Rows whose value is another by now are counted and told; rows that are gone are `countGoneRows`'s.
 */
export function restoreValues(of: ValuesUndo, restoring: Restoring, spelling: NameSpelling): UndoBatches {
  const { name, relation, isSame, isDifferent } = spelling;
  const values = of.values.map(({ column }, place) => {
    const own = `r.${name(column)}`;
    const isOurs = isSame(restoring.current?.[place] ?? own, `t.new_${place + 1}`);
    const set = `${name(column)} = CASE WHEN ${isOurs} THEN t.old_${place + 1} ELSE ${own} END`;
    return { isOurs, set, isOther: isDifferent(own, `t.old_${place + 1}`) };
  });
  const list = (what: 'set' | 'isOurs' | 'isOther', separator: string) =>
    values.map((value) => value[what]).join(separator);
  const matching = matches(of, 'r', 't', spelling);
  const update = `UPDATE ${relation(of.table)} AS r SET ${list('set', ', ')}
FROM ${relation(of.undo)} AS t WHERE $range AND ${matching} AND (${list('isOurs', ' OR ')})`;
  const over = { table: of.undo, key: of.key.map(({ type }, place) => ({ name: `key_${place + 1}`, type })) };
  if (restoring.tellsOthers === false) return { over, statements: [update], counted: 0 };
  const others = `SELECT ${counting(keysOf(of))} FROM ${relation(of.undo)} AS t JOIN ${relation(of.table)} AS r
ON ${matching} WHERE $range AND (${list('isOther', ' OR ')})`;
  const message = `of ${plainName(of.table)} with another value by now, which stays`;
  return { over, statements: [update, others], counted: 0, exceptions: { statement: 1, message } };
}

/** DELETE that keeps the rows. */
export function deleteRows(
  of: RowsUndo,
  { where }: { readonly where: string | undefined },
  spelling: NameSpelling,
): UndoBatches {
  const columns = of.columns.map(({ name }) => spelling.name(name));
  const list = columns.join(', ');
  const gone = columns.map((column) => `t.${column}`).join(', ');
  const statement = `WITH gone AS (
  DELETE FROM ${spelling.relation(of.table)} AS t WHERE $range${and(where)} RETURNING ${gone}
)
INSERT INTO ${spelling.relation(of.undo)} (${list}) SELECT ${list} FROM gone`;
  return { over: { table: of.table, key: of.key }, statements: [statement], counted: 0 };
}

/** Rows of this table that a row needs to be there, or that need it. */
export type Relative = {
  readonly table: QualifiedName;
  readonly columns: readonly string[];
  /** Columns of the table that is undone, in the same order. */
  readonly own: readonly string[];
};

/**
 * Puts deleted rows back. A row stays away, and is told, where another has taken its key or a unique value of it, or
 * where a row that it references is gone.
 */
export function restoreDeletedRows(
  of: RowsUndo,
  { references = [] }: { readonly references?: readonly Relative[] },
  spelling: NameSpelling,
): UndoBatches {
  const { relation } = spelling;
  const columns = of.columns.map(({ name }) => spelling.name(name));
  const list = columns.join(', ');
  const parents = references.map((parent) => ` AND (${isUnset(parent, spelling)} OR ${exists(parent, spelling, 't')})`);
  const insert = `INSERT INTO ${relation(of.table)} (${list}) OVERRIDING SYSTEM VALUE
SELECT ${list} FROM ${relation(of.undo)} AS t WHERE $range${parents.join('')} ON CONFLICT DO NOTHING`;
  const over = { table: of.undo, key: [rowNumber] };
  if (of.key.length === 0) return { over, statements: [insert], counted: 0 };
  const away = `SELECT ${counting(keyNames(of, spelling))} FROM ${relation(of.undo)} AS t WHERE $range AND NOT EXISTS (
  SELECT FROM ${relation(of.table)} AS r WHERE ${sameKey(of, spelling)} AND ${sameRow(of, spelling)})`;
  const message = `deleted from ${plainName(of.table)} could not be put back, because the key or a unique value is taken by now, or a referenced row is gone`;
  return { over, statements: [insert, away], counted: 0, exceptions: { statement: 1, message } };
}

/** What an INSERT … SELECT takes from where. `select` are expressions over alias `t`, the source. */
export type Inserting = {
  readonly source: QualifiedName;
  readonly sourceKey: Key;
  readonly columns: readonly string[];
  readonly select: readonly string[];
  readonly where: string | undefined;
};

/** INSERT that keeps the rows as they were inserted. Its ranges are those of the source. */
export function insertRows(of: RowsUndo, inserting: Inserting, spelling: NameSpelling): UndoBatches {
  const { relation } = spelling;
  const all = of.columns.map(({ name }) => spelling.name(name)).join(', ');
  const columns = inserting.columns.map(spelling.name).join(', ');
  const statement = `WITH added AS (
  INSERT INTO ${relation(of.table)} AS r (${columns})
  SELECT ${inserting.select.join(', ')} FROM ${relation(inserting.source)} AS t WHERE $range${and(inserting.where)}
  RETURNING ${of.columns.map(({ name }) => `r.${spelling.name(name)}`).join(', ')}
)
INSERT INTO ${relation(of.undo)} (${all}) SELECT ${all} FROM added`;
  return { over: { table: inserting.source, key: inserting.sourceKey }, statements: [statement], counted: 0 };
}

/**
 * Takes inserted rows out again, where they are still as they were inserted and no row references them. The others stay
 * and are told. The table needs a key.
 */
export function removeInsertedRows(
  of: RowsUndo,
  { referencedBy = [] }: { readonly referencedBy?: readonly Relative[] },
  spelling: NameSpelling,
): UndoBatches {
  const { relation } = spelling;
  const children = referencedBy.map((child) => ` AND NOT ${exists(child, spelling, 'r')}`).join('');
  const remove = `DELETE FROM ${relation(of.table)} AS r USING ${relation(of.undo)} AS t
WHERE $range AND ${sameKey(of, spelling)} AND ${sameRow(of, spelling)}${children}`;
  const left = `SELECT ${counting(keyNames(of, spelling))} FROM ${relation(of.undo)} AS t
JOIN ${relation(of.table)} AS r ON ${sameKey(of, spelling)} WHERE $range`;
  const message = `inserted into ${plainName(of.table)} could not be taken out, because of changes since or of references`;
  const over = { table: of.undo, key: [rowNumber] };
  return { over, statements: [remove, left], counted: 0, exceptions: { statement: 1, message } };
}

const rowNumber = { name: 'godwit_row', type: 'bigint' };

function keysOf({ key }: { readonly key: Key }): readonly string[] {
  return key.map((_, place) => `key_${place + 1}`);
}

function keyNames({ key }: RowsUndo, spelling: NameSpelling): readonly string[] {
  return key.map(({ name }) => spelling.name(name));
}

/** A row of the table, by this alias, is the one of the undo row. */
function matches(of: ValuesUndo, table: string, undo: string, spelling: NameSpelling): string {
  return of.key.map(({ name }, place) => `${table}.${spelling.name(name)} = ${undo}.key_${place + 1}`).join(' AND ');
}

function sameKey({ key }: RowsUndo, spelling: NameSpelling): string {
  return key.map(({ name }) => `r.${spelling.name(name)} = t.${spelling.name(name)}`).join(' AND ');
}

function sameRow({ columns }: RowsUndo, spelling: NameSpelling): string {
  const all = (alias: string) => columns.map(({ name }) => `${alias}.${spelling.name(name)}`).join(', ');
  return spelling.isSame(all('r'), all('t'));
}

function exists({ table, columns, own }: Relative, spelling: NameSpelling, alias: string): string {
  const pairs = columns.map(
    (column, place) => `o.${spelling.name(column)} = ${alias}.${spelling.name(own[place] ?? '')}`,
  );
  return `EXISTS (SELECT FROM ${spelling.relation(table)} AS o WHERE ${pairs.join(' AND ')})`;
}

function isUnset({ own }: Relative, spelling: NameSpelling): string {
  return own.map((column) => `t.${spelling.name(column)} IS NULL`).join(' OR ');
}

function counting(keys: readonly string[]): string {
  const shown = keys.map((key) => `t.${key}::text`).join(`, ', ', `);
  return `count(*) AS count, (array_agg(concat(${shown})))[1:5] AS samples`;
}

function and(where: string | undefined): string {
  return where === undefined ? '' : ` AND (${where})`;
}

function comment(table: QualifiedName, text: string, spelling: NameSpelling): string {
  return `COMMENT ON TABLE ${spelling.relation(table)} IS ${spelling.literal(text)}`;
}
