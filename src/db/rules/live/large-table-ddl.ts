import type { LiveFacts } from '../../lint/live-facts.ts';
import { isLong, tablesHeld } from '../../lint/questions/held-locks.ts';
import {
  bytesInWords,
  bytesOf,
  bytesPerSecond,
  heapBytesOf,
  largeBytes,
  secondsInWords,
} from '../../lint/questions/live-sizes.ts';
import { namesInWords } from '../../lint/questions/names-in-words.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

const traffic = { readsPerSecond: 1, writesPerSecond: 1, sessions: 0 };
const large = { rows: 40_000_000, bytes: 9_000_000_000, indexBytes: 3_000_000_000, ...traffic };
const small = { rows: 4_000, bytes: 900_000, indexBytes: 300_000, ...traffic };
const largeUsers = { tables: new Map([['public.users', large] as const, ['public.notes', small] as const]) };

export const largeTableDdl: Rule = {
  id: 'live/large-table-ddl',
  severity: 'error',
  summary: 'A table that is large on this server is read or written whole under a strong lock',
  why: 'The lock is held for as long as the table takes to be read or written. On a small table nobody notices; on this one everybody who needs it waits.',
  instead:
    'Use the form that works without the lock (CONCURRENTLY, NOT VALID and then VALIDATE, a new column that is filled in batches); `godwit plan --from FILE` makes the plan.',
  aliases: { MigrationPilot: ['MP014', 'MP104'] },
  needs: 'live',
  claims: [],
  bad: [
    { sql: 'CREATE INDEX users_age ON users (age);', live: largeUsers },
    { sql: 'ALTER TABLE users ALTER COLUMN age TYPE bigint;', live: largeUsers },
    { sql: 'ALTER TABLE users ADD CONSTRAINT users_balance CHECK (balance > -100000);', live: largeUsers },
    { sql: 'VACUUM FULL users;', live: largeUsers },
  ],
  good: [
    { sql: 'CREATE INDEX users_age ON users (age);' },
    { sql: 'CREATE INDEX notes_id ON notes (id);', live: largeUsers },
    { sql: 'CREATE INDEX items_order ON items (order_id);', live: largeUsers },
    { sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);', live: largeUsers },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;', live: largeUsers },
    { sql: 'ALTER TABLE users ADD CONSTRAINT users_code CHECK (code > id::text) NOT VALID;', live: largeUsers },
    { sql: 'TRUNCATE users CASCADE;', live: largeUsers },
  ],
  on: ['*'],
  check(unit, { live }) {
    if (live === undefined || unit.kind === 'TruncateStmt' || !isLong(unit)) return [];
    const { rewrites, scans, builds } = unit.effects;
    const held = tablesHeld(unit);
    const worked = [...new Set([...rewrites, ...scans, ...builds])].filter((table) => held.includes(table));
    const bytes = workedBytes(unit, worked, live);
    if (bytes < largeBytes) return [];
    const names = worked.filter((table) => (live.tables.get(table)?.bytes ?? 0) > 0);
    const rows = names.reduce((total, table) => total + (live.tables.get(table)?.rows ?? 0), 0);
    const how = rewrites.some((table) => names.includes(table)) ? 'writes it anew' : 'reads all of it';
    const size = `about ${Math.round(rows).toLocaleString('en-US')} rows and ${bytesInWords(bytesOf(names, live))}`;
    const time = secondsInWords(bytes / bytesPerSecond);
    return [
      {
        message: `${namesInWords(names)} has ${size}: this ${how} while others wait, for about ${time} at ${bytesInWords(bytesPerSecond)} a second.`,
      },
    ];
  },
};

/** A table that is written anew is read once and written once, with its indexes. */
function workedBytes({ effects }: Unit, tables: readonly string[], live: LiveFacts): number {
  const rewritten = tables.filter((table) => effects.rewrites.includes(table));
  const read = tables.filter((table) => !effects.rewrites.includes(table));
  return bytesOf(rewritten, live) + heapBytesOf(read, live);
}
