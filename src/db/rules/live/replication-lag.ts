import { fullName } from '../../lint/catalog/catalog.ts';
import type { LintContext } from '../../lint/context.ts';
import { writtenAnew } from '../../lint/questions/held-locks.ts';
import { bytesInWords, bytesOf, largeBytes } from '../../lint/questions/live-sizes.ts';
import { namesInWords } from '../../lint/questions/names-in-words.ts';
import { unboundWrites } from '../../lint/questions/unbound-writes.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

/** Four segments of the log, as it is set up by default; a replica that keeps up is less than one behind. */
const lateBytes = 64 * 1024 * 1024;

const large = {
  rows: 4_000_000,
  bytes: 900_000_000,
  indexBytes: 300_000_000,
  readsPerSecond: 1,
  writesPerSecond: 1,
  sessions: 0,
};
const tables = new Map([['public.users', large] as const, ['public.notes', { ...large, bytes: 90_000 }] as const]);
const late = { tables, replicationLagBytes: 2_000_000_000 };

export const replicationLag: Rule = {
  id: 'live/replication-lag',
  severity: 'warning',
  summary: 'Much is written while a replica is already behind',
  why: 'All that is written anew, indexed or updated goes to the replicas too. Behind as they are now, they answer with older data for longer, a failover loses more or takes longer, and the primary keeps the log for them on its disk.',
  instead:
    'Wait until the replicas have caught up (pg_stat_replication), and write in batches that pause while they are behind; the backfills of `godwit run` do so.',
  aliases: { MigrationPilot: ['MP103'] },
  needs: 'live',
  claims: [],
  bad: [
    { sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);', live: late },
    { sql: 'ALTER TABLE users ALTER COLUMN age TYPE bigint;', live: late },
    { sql: 'UPDATE users SET code = name;', live: late },
  ],
  good: [
    { sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);', live: { tables, replicationLagBytes: 80_000 } },
    { sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);', live: { tables } },
    { sql: 'UPDATE users SET code = name WHERE id = 1;', live: late },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;', live: late },
    { sql: 'ALTER TABLE notes ALTER COLUMN id TYPE integer;', live: late },
  ],
  on: ['*'],
  check(unit, context) {
    const { live } = context;
    const lag = live?.replicationLagBytes ?? 0;
    if (live === undefined || lag < lateBytes) return [];
    const written = tablesWritten(unit, context);
    const bytes = bytesOf(written, live);
    if (bytes < largeBytes) return [];
    return [
      {
        message: `A replica is ${bytesInWords(lag)} behind, and this writes for ${namesInWords(written)} (${bytesInWords(bytes)}) what it must take too.`,
        tables: written,
      },
    ];
  },
};

/** Tables of which much is written: anew, as an index, or row by row without a bound. */
function tablesWritten(unit: Unit, context: LintContext): readonly string[] {
  const written = unboundWrites(unit, context).map(({ table }) => fullName(context.catalog, table));
  return [...new Set([...writtenAnew(unit), ...unit.effects.builds, ...written])];
}
