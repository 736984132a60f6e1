import {
  type Column,
  type Constraint,
  columnById,
  columnNamed,
  plainName,
  type Snapshot,
  type Table,
  tableNamed,
} from '../schema.ts';
import { allowedValue } from './allowed.ts';
import { domainBase, type Value, valueFor } from './value.ts';

/** What the values of a table may depend on. */
export type Ground = {
  readonly snapshot: Snapshot;
  /** Rows that are wanted of each table. */
  readonly rows: number;
  /** Share of NULLs from 0 to 1 by `schema.table.column`. */
  readonly nullShares: ReadonlyMap<string, number>;
};

/** So many rows of a table refer to one row of another, where nothing says that there may be only one. */
const rowsPerParent = 4;
/** Longest chain of keys that refer to keys; a longer one goes round in a circle. */
const depthMax = 16;
/** Largest number that a column of type integer holds. */
const integerMax = 2 ** 31 - 1;

/** Rows that a table has room for: fewer than are wanted where a unique column has few values. */
export function rowsOf(table: Table, ground: Ground, depth = 0): number {
  const rooms = uniqueSets(table).map((ids) =>
    Math.max(
      ...ids.map((id) => {
        const column = columnById(table, id);
        return column === undefined
          ? ground.rows
          : (keyValue(table, column, 'i', ground, depth)?.capacity ?? ground.rows);
      }),
    ),
  );
  return Math.min(ground.rows, ...rooms);
}

/** The expression for a column in row number `i`, a NULL now and then included; undefined where none is known. */
export function columnValue(table: Table, column: Column, ground: Ground): Value | undefined {
  const value = keyValue(table, column, 'i', ground, 0);
  if (column.isNotNull) return value;
  const share = value === undefined ? 1 : (ground.nullShares.get(`${plainName(table)}.${column.name}`) ?? 0);
  if (value === undefined || share >= 0.999) return { sql: 'NULL', capacity: 0 };
  if (share <= 0) return value;
  return {
    ...value,
    sql: `CASE WHEN (i * 7919) % 1000 < ${Math.max(1, Math.round(share * 1000))} THEN NULL ELSE ${value.sql} END`,
  };
}

/** Every value is a function of the row number, so that a key that refers to another is the other's, of a number. */
function keyValue(table: Table, column: Column, i: string, ground: Ground, depth: number): Value | undefined {
  const key = table.constraints.find(({ kind, columns }) => kind === 'foreign-key' && columns.includes(column.id));
  const parent = key?.references === undefined ? undefined : tableNamed(ground.snapshot, key.references.table);
  const name = key?.references?.columns[key.columns.indexOf(column.id)];
  const target = parent === undefined || name === undefined ? undefined : columnNamed(parent, name);
  if (key === undefined || parent === undefined || target === undefined || depth > depthMax)
    return ownValue(table, column, i, ground);
  const rows = parent.id === table.id ? ground.rows : rowsOf(parent, ground, depth + 1);
  const value = keyValue(parent, target, parentRow(table, key, i, rows), ground, depth + 1);
  return value === undefined ? undefined : { ...value, capacity: Math.min(value.capacity, rows) };
}

function parentRow(table: Table, key: Constraint, i: string, rows: number): string {
  const isPartOfUnique = uniqueSets(table).some((ids) => ids.some((id) => key.columns.includes(id)));
  const number = isPartOfUnique ? `(${i}) - 1` : `((${i}) - 1) / ${rowsPerParent}`;
  return `(1 + (${number}) % ${rows})`;
}

function ownValue(table: Table, column: Column, i: string, ground: Ground): Value | undefined {
  const { snapshot } = ground;
  const domain = snapshot.types.find(
    (type) => type.kind === 'domain' && plainName(type) === column.type.replaceAll('"', ''),
  );
  const checks = table.constraints.filter(({ kind, columns }) => kind === 'check' && columns.includes(column.id));
  const allowed = allowedValue(
    column,
    checks.map(({ definition }) => definition),
    i,
  );
  if (allowed !== undefined) return allowed;
  if (domain !== undefined) {
    const base = { name: 'VALUE', type: domainBase(domain.definition) ?? column.type };
    const value = allowedValue(base, [domain.definition], i);
    if (value !== undefined) return { ...value, sql: `(${value.sql})::${column.type}` };
  }
  return valueFor(column.type, `(${i}) + ${numberBefore(table, ground)}`, snapshot.types);
}

/** Every table counts on from where another ended, so that rows copied from one to the other meet no equal key. */
function numberBefore(table: Table, { snapshot, rows }: Ground): number {
  const place = snapshot.tables.findIndex(({ id }) => id === table.id);
  const number = Math.max(0, place) * rows;
  return number + rows < integerMax ? number : 0;
}

function uniqueSets(table: Table): readonly (readonly string[])[] {
  return table.indexes
    .filter((index) => index.isUnique && !index.hasExpressions && index.columns.length > 0)
    .map((index) => index.columns);
}
