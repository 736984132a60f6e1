import * as z from 'zod';
import { isFailure } from '#core/error';
import type { UsageAction } from '../action.ts';
import type { Driver, Use } from '../driver.ts';
import { firstRow, rowsOf } from '../rows.ts';
import type { Session } from '../session.ts';

/** Where pg_stat_statements is, and whether it counts what fell out of it. */
export type Statistics = { readonly view: string; readonly infoView: string | undefined };

/** How often statements that use the wanted names were called, since the statistics began. */
export type StatementCalls = {
  readonly statements: readonly { readonly id: string; readonly text: string; readonly calls: number }[];
  /** By statement id; under `hidden`, all calls of statements whose text this role may not see. */
  readonly calls: Readonly<Record<string, number>>;
  /** How often entries fell out because there were too many. */
  readonly evictions: number;
};

/** Id of what this role may not see. */
export const hiddenId = 'hidden';

const extensionSchema = z.object({
  view: z.string(),
  infoView: z
    .string()
    .nullable()
    .transform((value) => value ?? undefined),
  track: z.string().nullable(),
});

/** Finds the extension in whatever schema it is, or says why statements cannot be read. */
export async function findStatistics(session: Session): Promise<Statistics | { readonly unreadable: string }> {
  const result = await session.query(
    `SELECT format('%I.pg_stat_statements', schema.nspname) AS view,
       CASE WHEN to_regclass(format('%I.pg_stat_statements_info', schema.nspname)) IS NOT NULL
         THEN format('%I.pg_stat_statements_info', schema.nspname) END AS "infoView",
       current_setting('pg_stat_statements.track', true) AS track
     FROM pg_extension AS extension JOIN pg_namespace AS schema ON schema.oid = extension.extnamespace
     WHERE extension.extname = 'pg_stat_statements'`,
  );
  const found = rowsOf(result, extensionSchema)[0];
  if (found === undefined) return { unreadable: 'the extension pg_stat_statements is not installed in this database' };
  if (found.track === 'none') return { unreadable: 'pg_stat_statements.track is none' };
  try {
    await session.query(`SELECT FROM ${found.view} LIMIT 1`);
  } catch (error) {
    // 55000: the library is not in shared_preload_libraries; 42501: the view is not granted.
    if (!isFailure(error, 'step-failed') && !isFailure(error, 'rights-missing')) throw error;
    return { unreadable: `pg_stat_statements cannot be read (${error.explanation.why})` };
  }
  return { view: found.view, infoView: found.infoView };
}

const statementSchema = z.object({ id: z.string().nullable(), calls: z.coerce.number(), text: z.string().nullable() });

/**
 * Reads the statements of this database that have the words of a wanted name, and keeps those that use it; the driver
 * knows which are godwit's own. To a role without pg_read_all_stats another role's statement has no id.
 */
export async function readCalls(
  session: Session,
  { view, infoView }: Statistics,
  { wanted, usesOf }: { readonly wanted: UsageAction['uses']; readonly usesOf: Driver['usesOf'] },
): Promise<StatementCalls> {
  const result = await session.query(
    `SELECT statement.queryid::text AS id, sum(statement.calls) AS calls, min(statement.query) AS text
     FROM ${view} AS statement
     WHERE statement.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND (statement.queryid IS NULL OR EXISTS (
         SELECT FROM unnest($1::text[], $2::text[]) AS wanted (relation, field)
         WHERE strpos(lower(statement.query), lower(wanted.relation)) > 0
           AND strpos(lower(statement.query), lower(wanted.field)) > 0))
     GROUP BY statement.queryid`,
    [wanted.map(({ table }) => table.name), wanted.map(({ column }) => column ?? '')],
  );
  const rows = rowsOf(result, statementSchema);
  const statements = [];
  for (const { id, calls, text } of rows) {
    if (id === null || text === null) continue;
    const uses = await usesOf(text);
    if (uses === undefined || wanted.some((one) => isUsed(one, uses)))
      statements.push({ id, calls, text: shown(text) });
  }
  const hidden = rows.filter(({ id }) => id === null).reduce((sum, { calls }) => sum + calls, 0);
  const calls = { ...Object.fromEntries(statements.map(({ id, calls: count }) => [id, count])), [hiddenId]: hidden };
  return { statements, calls, evictions: await evictionsOf(session, infoView) };
}

function isUsed({ table, column }: UsageAction['uses'][number], uses: readonly Use[]): boolean {
  return uses.some(
    (use) =>
      use.table === table.name &&
      (use.schema === undefined || use.schema === table.schema) &&
      (column === undefined || use.column === column),
  );
}

async function evictionsOf(session: Session, infoView: string | undefined): Promise<number> {
  if (infoView === undefined) return 0;
  const result = await session.query(`SELECT dealloc AS evictions FROM ${infoView}`);
  return firstRow(result, z.object({ evictions: z.coerce.number() })).evictions;
}

const textLengthMax = 120;

/** Literals in it are `$1`, `$2` … already: pg_stat_statements keeps no values. */
function shown(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > textLengthMax ? `${line.slice(0, textLengthMax)}…` : line;
}
