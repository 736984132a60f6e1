import { quoteName, quoteQualified } from '../drivers/postgres/quote.ts';
import type { AppVersion, Fields, Spelt, Value } from './shape.ts';

/** One statement with its values; `name` where the application prepares it. */
export type Statement = { readonly text: string; readonly values: readonly Value[]; readonly name?: string };

/** Reads one row by its key; `*` where the application asks for all columns. */
export function selectStatement(
  version: AppVersion,
  key: string,
  of: { readonly id: number; readonly star: boolean },
): Statement {
  const columns = of.star
    ? '*'
    : [key, ...Object.values(version.fields).map(({ column }) => column)].map(quoteName).join(', ');
  return {
    text: `SELECT ${columns} FROM ${quoteQualified(version.table)} WHERE ${quoteName(key)} = $1`,
    values: [of.id],
  };
}

/** Inserts a row with those fields that are given and known to the version. */
export function insertStatement(
  version: AppVersion,
  key: string,
  row: { readonly id: number; readonly fields: Fields },
): Statement {
  const known = knownFields(version, row.fields);
  const columns = [key, ...known.map(({ spelt }) => spelt.column)].map(quoteName);
  const values = [row.id, ...known.map(({ value }) => value)];
  return {
    text: `INSERT INTO ${quoteQualified(version.table)} (${columns.join(', ')}) VALUES (${places(values)})`,
    values,
  };
}

/** Inserts, or updates every given field where the row (by key, or by a unique field) is there. */
export function upsertStatement(
  version: AppVersion,
  key: string,
  row: { readonly id: number; readonly fields: Fields },
): Statement {
  const insert = insertStatement(version, key, row);
  const arbiter = version.upsertsOn === undefined ? key : (version.fields[version.upsertsOn]?.column ?? key);
  const sets = knownFields(version, row.fields).map(
    ({ spelt }) => `${quoteName(spelt.column)} = excluded.${quoteName(spelt.column)}`,
  );
  return { ...insert, text: `${insert.text} ON CONFLICT (${quoteName(arbiter)}) DO UPDATE SET ${sets.join(', ')}` };
}

/** Updates the given fields of one row. */
export function updateStatement(
  version: AppVersion,
  key: string,
  row: { readonly id: number; readonly fields: Fields },
): Statement {
  const known = knownFields(version, row.fields);
  const sets = known.map(({ spelt }, index) => `${quoteName(spelt.column)} = $${index + 2}`);
  return {
    text: `UPDATE ${quoteQualified(version.table)} SET ${sets.join(', ')} WHERE ${quoteName(key)} = $1`,
    values: [row.id, ...known.map(({ value }) => value)],
  };
}

/** Deletes one row. */
export function deleteStatement(version: AppVersion, key: string, id: number): Statement {
  return { text: `DELETE FROM ${quoteQualified(version.table)} WHERE ${quoteName(key)} = $1`, values: [id] };
}

/** A row of the server as the version understands it; fields that it does not know are left out. */
export function fieldsOf(version: AppVersion, row: Readonly<Record<string, unknown>>): Fields {
  const fields: Record<string, Value> = {};
  for (const [name, spelt] of Object.entries(version.fields)) fields[name] = readValue(spelt, row[spelt.column]);
  return fields;
}

function readValue(spelt: Spelt, value: unknown): Value {
  if (spelt.read !== undefined) return spelt.read(value);
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return value === undefined ? null : String(value);
}

function knownFields(version: AppVersion, fields: Fields): readonly { readonly spelt: Spelt; readonly value: Value }[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const spelt = version.fields[name];
    return spelt === undefined ? [] : [{ spelt, value: spelt.write === undefined ? value : spelt.write(value) }];
  });
}

function places(values: readonly unknown[]): string {
  return values.map((_, index) => `$${index + 1}`).join(', ');
}
