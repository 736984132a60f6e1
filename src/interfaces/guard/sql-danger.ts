import type { Danger } from './danger.ts';

/** Programs that run what they are given as SQL. */
export const sqlClients: readonly string[] = [
  'psql',
  'pgcli',
  'mysql',
  'mariadb',
  'mycli',
  'sqlite3',
  'sqlcmd',
  'usql',
  'cockroach',
  'litecli',
  'duckdb',
  'clickhouse-client',
  'pg:psql',
];

export function isSqlClient(program: string): boolean {
  return sqlClients.includes(program);
}

const sqlCalls: Readonly<Record<string, readonly RegExp[]>> = {
  prisma: [/^db$/, /^execute$/],
  rails: [/^(db|dbconsole)$/],
  'manage.py': [/^dbshell$/],
  'django-admin': [/^dbshell$/],
  django: [/^dbshell$/],
  artisan: [/^db$/],
  typeorm: [/^query$/],
  'typeorm-ts-node-commonjs': [/^query$/],
  'typeorm-ts-node-esm': [/^query$/],
  sequelize: [/^db:query$/],
  console: [/^(doctrine:query:sql|dbal:run-sql|doctrine:query:dql)$/],
  wrangler: [/^d1$/, /^execute$/],
};

/** Calls of other programs that run SQL. */
export function isSqlCall(program: string, rest: readonly string[]): boolean {
  const called = sqlCalls[program];
  return called?.every((form) => rest.some((word) => form.test(word))) ?? false;
}

const instead = 'Let godwit plan it: `godwit plan "…"` names what is lost, keeps a way back, and asks a person.';

/**
 * What of some SQL destroys data past a plan; undefined where nothing does. Comments are not looked at, and texts in quotes only
 * where they may be executed. Pure.
 */
export function dangerOfSql(sql: string): Danger | undefined {
  const isRun = /\bexecute\b|\\gexec\b|\\set\b/i.test(sql);
  const quoted = isRun ? [...sql.matchAll(/'((?:[^']|'')*)'/g)].map(([, text = '']) => text) : [];
  const statements = withoutTemporary([sql, ...quoted].flatMap(statementsOf));
  for (const statement of statements) {
    const why = whyOf(statement);
    if (why !== undefined) return { why, instead };
  }
  if (statements.some(isNearlyAll))
    return { why: 'It may change or delete most rows of a table at once.', instead, asks: true };
  const isBuilt = /\\gexec\b|\bexecute\b[^;]*(\|\||\bformat\s*\()/i.test(sql);
  return isBuilt ? { why: 'What it runs is put together while it runs.', instead, asks: true } : undefined;
}

const made =
  /^\s*create\s+(?:(?:local|global)\s+)?temp(?:orary)?\s+table\s+(?:if\s+not\s+exists\s+)?([\w".]+)(?![\s\S]*\bon\s+commit\s+drop\b)/i;
const gone = /^\s*(?:drop|truncate)\s+(?:table\s+)?(?:if\s+exists\s+)?([\w".]+)\s*(?:cascade|restrict)?\s*$/i;

/** Without what drops a temporary table that was made before it: it holds nothing that outlives the session. */
function withoutTemporary(statements: readonly string[]): readonly string[] {
  const temporary = new Set<string>();
  return statements.filter((statement) => {
    if (/\b(rollback|abort|discard)\b|\\c/i.test(statement)) temporary.clear();
    const own = made.exec(statement)?.[1]?.toLowerCase();
    if (own !== undefined) temporary.add(own);
    const lost = gone.exec(statement)?.[1]?.toLowerCase();
    if (lost === undefined || !temporary.has(lost)) return true;
    // A second DROP meets the table that the temporary one has hidden.
    if (/^\s*drop/i.test(statement)) temporary.delete(lost);
    return false;
  });
}

/** `WHERE id IS NOT NULL` leaves few rows out, or none. */
function isNearlyAll(statement: string): boolean {
  return /\b(delete\s+from|update)\b[\s\S]*\bwhere\s+[\w".]+\s+is\s+not\s+null\s*(returning\b[\s\S]*)?$/i.test(
    statement.trim(),
  );
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
  if (/\bmerge\b[\s\S]*\bthen\s+delete\b/i.test(statement)) return 'It deletes every row that it matches.';
  if (
    /\b(delete\s+from|update)\b/i.test(statement) &&
    !hasCondition(statement) &&
    !/\bfor\s+(no\s+key\s+)?update\b|\bon\s+(conflict|update|delete|duplicate)\b/i.test(statement)
  )
    return 'It changes or deletes all rows of a table at once.';
  return undefined;
}

/** A condition that leaves rows out: `WHERE true` does not. */
function hasCondition(statement: string): boolean {
  const condition = /\bwhere\b([\s\S]*)$/i.exec(statement)?.[1]?.trim();
  return (
    condition !== undefined &&
    !/^\(*\s*(true|not false|(\d+)\s*=\s*\2|'' = ''|([\w".]+)\s*=\s*\3)\s*\)*\s*(returning\b[\s\S]*)?$/i.test(condition)
  );
}

/** Statements without comments, strings and dollar-quoted bodies of functions; the code of `DO` is looked at. */
function statementsOf(sql: string): readonly string[] {
  const bare = sql
    .replaceAll(/\/\*[\s\S]*?(\*\/|$)/g, ' ')
    .replaceAll(/--[^\n]*/g, ' ')
    .replaceAll(/'(?:[^']|'')*'/g, "''");
  return bare.split(';');
}
