import type * as z from 'zod';
import type { Session } from '../../../session.ts';

/** Which part of the database is read; everything that is the user's where nothing is said. */
export type InspectScope = { readonly schemas?: readonly string[] };

/** A catalog query for one session and scope. */
export type CatalogReader = {
  readonly version: number;
  /** Runs `text` with the scope's schemas as $1 and parses every row. */
  rows<Schema extends z.ZodType>(text: string, row: Schema): Promise<readonly z.output<Schema>[]>;
};

/** Reads catalogs in the session's transaction. */
export function catalogReader(session: Session, scope: InspectScope): CatalogReader {
  const schemas = scope.schemas ?? null;
  return {
    version: session.version,
    rows: async (text, row) => {
      const { rows } = await session.query(text, [schemas]);
      return row.array().parse(rows);
    },
  };
}

/**
 * Condition that the namespace `n` is the user's: no schema of the server's own (they begin with pg_, a reserved
 * prefix, or are information_schema), not ours, and in scope.
 */
export const isUserSchema = `n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'godwit')
  AND ($1::text[] IS NULL OR n.nspname = ANY ($1::text[]))`;

/** Condition that an object does not belong to an extension, which brings its objects along by itself. */
export function isNotOfExtension(catalog: string, id: string): string {
  return `NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.${catalog}'::pg_catalog.regclass
    AND e.objid = ${id} AND e.deptype = 'e')`;
}

/** Rows by one of their numbers. */
export function groupedBy<Row>(rows: readonly Row[], keyOf: (row: Row) => number): ReadonlyMap<number, readonly Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

/** A catalog's NULL is our undefined. */
export function orUndefined<Value>(value: Value | null): Value | undefined {
  return value === null ? undefined : value;
}
