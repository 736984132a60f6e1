import type { Client } from 'pg';
import { quoteName, quoteQualified } from '../drivers/postgres/quote.ts';
import { agrees, type Ledger, type RowState } from './ledger.ts';
import type { AppVersion, WorkloadShape } from './shape.ts';
import { fieldsOf } from './statements.ts';

/** What the table holds against what was acknowledged. */
export type Audit = {
  readonly rows: number;
  /** Rows, written by the workload, that are not as their last acknowledged write. */
  readonly lostWrites: number;
  /** Rows that nobody wrote and that are not as they were. */
  readonly damagedRows: number;
  readonly samples: readonly string[];
};

type AuditOf = { readonly version: AppVersion; readonly shape: WorkloadShape; readonly ledger: Ledger };

/** Reads every row, as `version` of the application understands it, and compares it with the ledger. */
export async function audit(client: Client, of: AuditOf): Promise<Audit> {
  const { version, shape, ledger } = of;
  const columns = [shape.key, ...Object.values(version.fields).map(({ column }) => column)].map(quoteName);
  const result = await client.query<Record<string, unknown>>(
    `SELECT ${columns.join(', ')} FROM ${quoteQualified(version.table)}`,
  );
  const written = new Set(ledger.keys());
  const seen = new Map(result.rows.map((row) => [Number(row[shape.key]), row]));
  const samples: string[] = [];
  const tally = { lostWrites: 0, damagedRows: 0 };
  for (const key of keysOf(shape, seen, written)) {
    const row = seen.get(key);
    const state: RowState = row === undefined ? 'absent' : fieldsOf(version, row);
    const accepted = ledger.states(key);
    if (accepted.some((right) => agrees(version, right, state))) continue;
    if (written.has(key)) tally.lostWrites += 1;
    else tally.damagedRows += 1;
    if (samples.length < 10)
      samples.push(`row ${key}: ${JSON.stringify(state)} instead of ${JSON.stringify(accepted)}`);
  }
  return { rows: seen.size, ...tally, samples };
}

function keysOf(
  shape: WorkloadShape,
  seen: ReadonlyMap<number, unknown>,
  written: ReadonlySet<number>,
): ReadonlySet<number> {
  const keys = new Set([...seen.keys(), ...written]);
  for (let key = 1; key <= shape.rows; key += 1) keys.add(key);
  return keys;
}
