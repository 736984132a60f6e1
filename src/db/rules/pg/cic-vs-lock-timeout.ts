import type { LintContext } from '../../lint/context.ts';
import { isConcurrentReindex } from '../../lint/effects/index-effects.ts';
import type { Rule } from '../../rule.ts';

/** Transactions younger than this are over soon. */
const longSeconds = 60;

export const cicVsLockTimeout: Rule = {
  id: 'pg/cic-vs-lock-timeout',
  severity: 'warning',
  summary: 'A build that must wait for older transactions has to do so within lock_timeout',
  why: 'What is built CONCURRENTLY waits, several times, for every transaction that was open before it, and lock_timeout counts for these waits. Where it runs out, the build fails and an invalid index is left behind.',
  instead:
    'SET lock_timeout = 0 for this statement alone (it blocks nobody while it waits), and look for old transactions in pg_stat_activity before it starts.',
  aliases: {},
  needs: 'static',
  claims: [],
  bad: [
    { sql: "SET lock_timeout = '2s';\nCREATE INDEX CONCURRENTLY users_age ON users (age);" },
    { sql: 'SET lock_timeout TO 5000;\nREINDEX INDEX CONCURRENTLY users_name_index;' },
    {
      sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);',
      live: { longTransactions: [{ pid: 4711, seconds: 5400, tables: ['public.orders'] }] },
    },
  ],
  good: [
    { sql: 'SET lock_timeout = 0;\nCREATE INDEX CONCURRENTLY users_age ON users (age);' },
    { sql: "SET lock_timeout = '2s';\nRESET lock_timeout;\nCREATE INDEX CONCURRENTLY users_age ON users (age);" },
    { sql: "SET lock_timeout = '2s';\nALTER TABLE users ADD COLUMN nickname text;" },
    {
      sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);',
      live: { longTransactions: [{ pid: 4711, seconds: 3, tables: [] }] },
    },
  ],
  on: ['IndexStmt', 'ReindexStmt'],
  check({ node }, context) {
    const isConcurrent =
      ('IndexStmt' in node && node.IndexStmt.concurrent === true) ||
      ('ReindexStmt' in node && isConcurrentReindex(node.ReindexStmt));
    if (!isConcurrent) return [];
    const parts = [timeoutWords(context), waitWords(context)].filter((part) => part !== undefined);
    return parts.length === 0 ? [] : [{ message: `${parts.join(' ')}` }];
  },
};

function timeoutWords({ settings }: LintContext): string | undefined {
  const timeout = settings.get('lock_timeout');
  if (timeout === undefined || /^0\s*(us|ms|s|min|h|d)?$/.test(timeout)) return undefined;
  const said = /^\d+$/.test(timeout) ? `${timeout} ms` : timeout;
  return `It waits for every transaction that is open before it, and lock_timeout ends that after ${said}: an invalid index is left behind.`;
}

function waitWords({ live }: LintContext): string | undefined {
  const old = (live?.longTransactions ?? []).filter(({ seconds }) => seconds >= longSeconds);
  const [oldest] = old.toSorted((one, other) => other.seconds - one.seconds);
  if (oldest === undefined) return undefined;
  const open = `process ${oldest.pid} has had one open for ${Math.floor(oldest.seconds / 60)} minutes`;
  return `It cannot end before ${old.length} old ${old.length === 1 ? 'transaction does' : 'transactions do'}: ${open}.`;
}
