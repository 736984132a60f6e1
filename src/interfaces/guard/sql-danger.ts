import type { Danger } from './danger.ts';

/** Programs that run what they are given as SQL. */
const clients = /^(psql|pgcli|mysql|mariadb|mycli|sqlite3|sqlcmd|usql|cockroach|litecli|duckdb|clickhouse-client)$/;

export function isSqlClient(program: string): boolean {
  return clients.test(program);
}

const instead = 'Let godwit plan it: `godwit plan "…"` names what is lost, keeps a way back, and asks a person.';

/** What of some SQL destroys data past a plan; undefined where nothing does. Comments and texts in quotes are not looked at. Pure. */
export function dangerOfSql(sql: string): Danger | undefined {
  for (const statement of statementsOf(sql)) {
    const why = whyOf(statement);
    if (why !== undefined) return { why, instead };
  }
  return undefined;
}

function whyOf(statement: string): string | undefined {
  if (
    /\bdrop\s+(table|schema|database|column|view|materialized|type|sequence|extension|index|role|user|owned|function|trigger|constraint)\b/i.test(
      statement,
    )
  )
    return 'It drops something, and with it what is stored in it.';
  if (/\balter\s+table\b[\s\S]*\bdrop\b/i.test(statement)) return 'It drops a part of a table.';
  if (/\btruncate\b/i.test(statement)) return 'It deletes all rows of a table.';
  if (
    /\b(delete\s+from|update)\b/i.test(statement) &&
    !/\bwhere\b/i.test(statement) &&
    !/\bfor\s+(no\s+key\s+)?update\b|\bon\s+(conflict|update|delete|duplicate)\b/i.test(statement)
  )
    return 'It changes or deletes all rows of a table at once.';
  return undefined;
}

/** Statements without comments, strings and dollar-quoted bodies of functions; the code of `DO` is looked at. */
function statementsOf(sql: string): readonly string[] {
  const bare = sql
    .replaceAll(/\/\*[\s\S]*?(\*\/|$)/g, ' ')
    .replaceAll(/--[^\n]*/g, ' ')
    .replaceAll(/'(?:[^']|'')*'/g, "''");
  return bare.split(';');
}
