import * as z from 'zod';
import type { IndexAction } from '../action.ts';
import { rowsOf } from '../rows.ts';
import type { Session } from '../session.ts';

/** An index as it is now. */
export type FoundIndex = {
  /** As pg_get_indexdef prints it. */
  readonly definition: string;
  /** Schema and name, quoted. */
  readonly quotedName: string;
  readonly isValid: boolean;
  /** The backend that builds it at this moment, as far as this role may see. */
  readonly builder: number | undefined;
};

const foundSchema = z.object({
  definition: z.string(),
  quotedName: z.string(),
  isValid: z.boolean(),
  builder: z
    .number()
    .nullable()
    .transform((value) => value ?? undefined),
});

/** The index of that name in the table's schema, or undefined. */
export async function findIndex(
  session: Session,
  { table, index }: Pick<IndexAction, 'table' | 'index'>,
): Promise<FoundIndex | undefined> {
  const result = await session.query(
    `SELECT pg_get_indexdef(index.indexrelid) AS definition, format('%I.%I', schema.nspname, class.relname) AS "quotedName",
       index.indisvalid AND index.indisready AS "isValid",
       (SELECT build.pid FROM pg_stat_progress_create_index AS build
        WHERE build.index_relid = index.indexrelid AND build.pid <> pg_backend_pid() LIMIT 1) AS builder
     FROM pg_index AS index
     JOIN pg_class AS class ON class.oid = index.indexrelid
     JOIN pg_namespace AS schema ON schema.oid = class.relnamespace
     WHERE schema.nspname = $1 AND class.relname = $2`,
    [table.schema, index],
  );
  return rowsOf(result, foundSchema)[0];
}

/**
 * Whether the server's print of an index and a CREATE INDEX mean the same. Careful: only words that cannot matter are
 * passed over (CONCURRENTLY, the default method and order, quotes that are not needed), so that a yes can be trusted
 * and a no may be too strict.
 */
export function isSameDefinition(printed: string, create: string): boolean {
  return plain(printed) === plain(create);
}

function plain(statement: string): string {
  return statement
    .split(/('(?:[^']|'')*')/)
    .map((piece, place) => (place % 2 === 1 ? piece : plainWords(piece)))
    .join('')
    .trim();
}

function plainWords(piece: string): string {
  return piece
    .replaceAll(/"([a-z_][a-z0-9_$]*)"/g, '$1')
    .replace(/\bconcurrently\b/i, '')
    .replace(/\bif not exists\b/i, '')
    .replace(/\bon only\b/i, 'ON')
    .replace(/\busing btree\b/i, '')
    .replaceAll(/\basc\b/gi, '')
    .replaceAll(/\s*([(),])\s*/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(
      /\b(create|unique|index|on|using|include|where|with|desc|nulls|first|last|not|distinct|and|or|is|null)\b/gi,
      (word) => word.toUpperCase(),
    )
    .replaceAll(/;\s*$/g, '');
}
