import { unquoted } from './slots.ts';

/** Words that PostgreSQL keeps for itself (https://www.postgresql.org/docs/18/sql-keywords-appendix.html, those reserved). */
const reserved: ReadonlySet<string> = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column
  concurrently constraint create cross current_catalog current_date current_role current_schema current_time current_timestamp
  current_user default deferrable desc distinct do else end except false fetch for foreign freeze from full grant group having
  ilike in initially inner intersect into is isnull join lateral leading left like limit localtime localtimestamp natural not
  notnull null offset on only or order outer overlaps placing primary references returning right select session_user similar
  some symmetric system_user table tablesample then to trailing true union unique user using variadic verbose when where
  window with`.split(/\s+/),
);

/** A name as the user said it, as SQL: quoted where it has to be, so that it means exactly that. Pure. */
export function sqlName(said: string): string {
  const name = unquoted(said);
  const isPlain = /^[a-z_][a-z0-9_]*$/.test(name) && !reserved.has(name);
  return isPlain ? name : `"${name.replaceAll('"', '""')}"`;
}

/** Names that stand between dots. */
function dotted(said: string): readonly string[] {
  return said.match(/"[^"]+"|[^."]+/g) ?? [];
}

/** `schema.table` as SQL. Pure. */
export function sqlTable(said: string): string {
  return dotted(said).map(sqlName).join('.');
}

/** `table.column` as the table and the column, both as SQL. Pure. */
export function sqlColumn(said: string): { readonly table: string; readonly column: string } {
  const names = dotted(said).map(sqlName);
  return { table: names.slice(0, -1).join('.'), column: names.at(-1) ?? '' };
}
