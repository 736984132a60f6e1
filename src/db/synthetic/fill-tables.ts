import * as z from 'zod';
import { isFailure } from '#core/error';
import type { Finding } from '#core/finding';
import { firstRow } from '../rows.ts';
import { plainName, type Table } from '../schema.ts';
import type { Session } from '../session.ts';
import type { Spelling } from '../spelling.ts';
import { columnValue, type Ground, rowsOf } from './table-values.ts';

export type FillRequest = Ground & {
  readonly spelling: Pick<Spelling, 'name' | 'relation' | 'literal'>;
  readonly tables: readonly Table[];
  readonly signal: AbortSignal;
};

/** Rows of one INSERT, so that an interruption is soon obeyed. */
const rowsPerInsert = 50_000;
const countRow = z.object({ count: z.number() });

/**
 * Fills empty tables with made-up rows that obey types, NOT NULL, CHECK, unique and foreign keys. A
 * table that cannot be filled, or not with as many rows, is told by name. Triggers fire unless the session keeps them
 * quiet (session_replication_role).
 */
export async function fillTables(session: Session, request: FillRequest): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const table of request.tables) {
    request.signal.throwIfAborted();
    findings.push(...(await fillTable(session, table, request)));
  }
  await removeOrphans(session, request);
  for (const table of request.tables) {
    const { count } = await countOf(session, table, request);
    if (count < request.rows && !findings.some(({ object }) => object === plainName(table)))
      findings.push(fewer(table, count));
    await session.query(`ANALYZE ${request.spelling.relation(table)}`);
  }
  return findings;
}

async function fillTable(session: Session, table: Table, request: FillRequest): Promise<readonly Finding[]> {
  const { spelling } = request;
  const columns = table.columns.filter(({ generated }) => generated === undefined);
  const values = columns.map((column) => ({ column, value: columnValue(table, column, request) }));
  const unknown = values.find(({ value }) => value === undefined);
  if (unknown !== undefined)
    return [empty(table, `No value is known for ${unknown.column.name} of type ${unknown.column.type}.`)];
  const names = columns.map(({ name }) => spelling.name(name)).join(', ');
  const list = values.map(({ column, value }) => `${value?.sql} AS ${spelling.name(column.name)}`).join(', ');
  const wanted = rowsOf(table, request);
  try {
    for (let first = 1; first <= wanted; first += rowsPerInsert) {
      const last = Math.min(wanted, first + rowsPerInsert - 1);
      const rows = `SELECT ${list} FROM pg_catalog.generate_series(${first}::bigint, ${last}::bigint) AS i`;
      await session.query(
        `INSERT INTO ${spelling.relation(table)} (${names}) OVERRIDING SYSTEM VALUE SELECT ${names} FROM (${rows}) AS made${wherePassing(table)}${passingOver(table)}`,
      );
    }
    await raiseSequences(session, table, request);
    return [];
  } catch (error) {
    if (!isFailure(error) || error.code === 'interrupted' || error.code === 'connection-lost') throw error;
    return [empty(table, error.explanation.why)];
  }
}

/** The server takes no deferrable key for a conflict (SQLSTATE 55000), whatever ON CONFLICT says. */
function passingOver(table: Table): string {
  return table.constraints.some(({ isDeferrable, index }) => isDeferrable && index !== undefined)
    ? ''
    : ' ON CONFLICT DO NOTHING';
}

/** Rows that a CHECK refuses are left out: how many that are is told by the count. */
function wherePassing(table: Table): string {
  const checks = table.constraints
    .filter(({ kind }) => kind === 'check')
    .map(({ definition }) => definition.replace(/^CHECK /, '').replace(/ (?:NOT VALID|NO INHERIT)/g, ''));
  return checks.length === 0 ? '' : ` WHERE ${checks.map((check) => `(${check}) IS NOT FALSE`).join(' AND ')}`;
}

/** What an application inserts without a number afterwards must not meet one of ours. */
async function raiseSequences(session: Session, table: Table, { spelling }: FillRequest): Promise<void> {
  const relation = spelling.relation(table);
  for (const { name } of table.columns.filter(
    ({ sequence, identity }) => sequence !== undefined || identity !== undefined,
  )) {
    const sequence = `pg_catalog.pg_get_serial_sequence(${spelling.literal(relation)}, ${spelling.literal(name)})`;
    await session.query(
      `SELECT pg_catalog.setval(${sequence}, greatest(max(${spelling.name(name)}), 1)) FROM ${relation} WHERE ${sequence} IS NOT NULL`,
    );
  }
}

/** Rows whose key refers to a row that was left out go too, until none is left. */
async function removeOrphans(session: Session, request: FillRequest): Promise<void> {
  const { spelling, tables, signal } = request;
  for (let round = 0; round < tables.length; round += 1) {
    let removed = 0;
    for (const table of tables) {
      for (const condition of orphans(table, request)) {
        signal.throwIfAborted();
        removed += (await session.query(`DELETE FROM ${spelling.relation(table)} AS t WHERE ${condition}`)).rowCount;
      }
    }
    if (removed === 0) return;
  }
}

function orphans(table: Table, { spelling }: FillRequest): readonly string[] {
  return table.constraints.flatMap(({ kind, columns, references }) => {
    if (kind !== 'foreign-key' || references === undefined) return [];
    const names = columns.map((id) => table.columns.find((column) => column.id === id)?.name ?? '');
    const set = names.map((name) => `t.${spelling.name(name)} IS NOT NULL`);
    const same = references.columns.map(
      (name, place) => `p.${spelling.name(name)} = t.${spelling.name(names[place] ?? '')}`,
    );
    return [
      `${set.join(' AND ')} AND NOT EXISTS (SELECT FROM ${spelling.relation(references.table)} AS p WHERE ${same.join(' AND ')})`,
    ];
  });
}

async function countOf(session: Session, table: Table, { spelling }: FillRequest) {
  return firstRow(await session.query(`SELECT count(*)::float8 AS count FROM ${spelling.relation(table)}`), countRow);
}

function empty(table: Table, why: string): Finding {
  return {
    rule: 'rehearsal/no-rows',
    severity: 'warning',
    message: `No rows could be made up for ${plainName(table)}: ${why}`,
    cure: 'Rehearse with rows of your own on a staging server too.',
    object: plainName(table),
  };
}

function fewer(table: Table, count: number): Finding {
  return {
    rule: 'rehearsal/fewer-rows',
    severity: 'advice',
    message: `Only ${count.toLocaleString('en-US')} rows could be made up for ${plainName(table)} within its constraints.`,
    object: plainName(table),
  };
}
