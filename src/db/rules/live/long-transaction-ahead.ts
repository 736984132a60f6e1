import { earlierInTransaction } from '../../lint/context.ts';
import { tablesShut } from '../../lint/questions/held-locks.ts';
import { secondsInWords } from '../../lint/questions/live-sizes.ts';
import { namesInWords } from '../../lint/questions/names-in-words.ts';
import { isLimited } from '../../lint/settings.ts';
import type { Rule } from '../../rule.ts';

/** Transactions younger than this are over soon. */
const longSeconds = 60;

const open = { longTransactions: [{ pid: 4711, seconds: 5_400, tables: ['public.orders', 'public.users'] }] };

export const longTransactionAhead: Rule = {
  id: 'live/long-transaction-ahead',
  severity: 'warning',
  summary: 'A transaction that has been open for long uses the table that is to be locked',
  why: 'ACCESS EXCLUSIVE waits for every transaction that has so much as read the table, also for one that is idle. Until that ends, all who come after the statement wait behind it.',
  instead:
    "Look at the process in pg_stat_activity and end it or wait for it (pg_terminate_backend), and SET lock_timeout = '500ms' so that the statement gives up before others queue.",
  aliases: {},
  needs: 'live',
  claims: [],
  bad: [
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;', live: open },
    { sql: "SET lock_timeout = '1s';\nALTER TABLE orders ADD COLUMN code text;", live: open },
    { sql: 'DROP INDEX users_name_index;', live: open },
  ],
  good: [
    { sql: 'ALTER TABLE notes ADD COLUMN title text;', live: open },
    { sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);', live: open },
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;',
      live: { longTransactions: [{ pid: 4711, seconds: 8, tables: ['public.users'] }] },
    },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;' },
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;\nALTER TABLE users ADD COLUMN title text;',
      live: { longTransactions: [{ pid: 4711, seconds: 600, tables: [] }] },
    },
  ],
  on: ['*'],
  check(unit, context) {
    const { live, settings } = context;
    if (live === undefined) return [];
    // What the transaction has shut already, it need not wait for.
    const before = new Set(earlierInTransaction(unit, context).flatMap(tablesShut));
    const names = new Set(tablesShut(unit).filter((table) => !before.has(table)));
    const ahead = live.longTransactions
      .filter(({ seconds, tables }) => seconds >= longSeconds && tables.some((table) => names.has(table)))
      .toSorted((one, other) => other.seconds - one.seconds);
    const [oldest] = ahead;
    if (oldest === undefined) return [];
    const used = oldest.tables.filter((table) => names.has(table));
    const others = ahead.length > 1 ? ` (and ${ahead.length - 1} more)` : '';
    const then = isLimited(settings, 'lock_timeout')
      ? 'this fails by lock_timeout until that ends'
      : 'this waits for it, and everybody else behind this';
    return [
      {
        message: `Process ${oldest.pid}${others} has used ${namesInWords(used)} in a transaction that is open for ${secondsInWords(oldest.seconds)}: ${then}.`,
      },
    ];
  },
};
