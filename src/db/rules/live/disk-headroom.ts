import { writtenAnew } from '../../lint/questions/held-locks.ts';
import { bytesInWords, bytesOf } from '../../lint/questions/live-sizes.ts';
import { namesInWords } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

/** Where nobody knows what is free: less than this is free on every disk on which a server is run with care. */
const worthAWordBytes = 1_000_000_000;

/** The new table with its indexes stands beside the old one until the end, and the log has all of it once more. */
const needed = 2;

const traffic = { readsPerSecond: 1, writesPerSecond: 1, sessions: 0 };
const tables = new Map([
  ['public.users', { rows: 40_000_000, bytes: 9_000_000_000, indexBytes: 3_000_000_000, ...traffic }] as const,
  ['public.notes', { rows: 4_000, bytes: 900_000, indexBytes: 0, ...traffic }] as const,
]);

export const diskHeadroom: Rule = {
  id: 'live/disk-headroom',
  severity: 'error',
  summary: 'A table is written anew, which needs its size on the disk once more, and that again for the log',
  why: 'The server keeps the old files until the transaction ends, writes the new table and all of its indexes beside them, and logs both. A disk that runs full fails the statement; a full disk of the log stops the server.',
  instead:
    'Make room first, or fill a new column in small batches with a pause for VACUUM and checkpoints; `godwit plan --from FILE` makes the plan.',
  aliases: { MigrationPilot: ['MP102'] },
  needs: 'live',
  claims: [],
  bad: [
    { sql: 'ALTER TABLE users ALTER COLUMN age TYPE bigint;', live: { tables } },
    { sql: 'VACUUM FULL users;', live: { tables, freeDiskBytes: 12_000_000_000 } },
    { sql: 'ALTER TABLE notes SET UNLOGGED;', live: { tables, freeDiskBytes: 1_000_000 } },
  ],
  good: [
    { sql: 'ALTER TABLE users ALTER COLUMN age TYPE bigint;', live: { tables, freeDiskBytes: 400_000_000_000 } },
    { sql: 'ALTER TABLE notes ALTER COLUMN id TYPE integer;', live: { tables } },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;', live: { tables } },
    { sql: 'TRUNCATE users CASCADE;', live: { tables } },
    { sql: 'ALTER TABLE users ALTER COLUMN age TYPE bigint;' },
  ],
  on: ['*'],
  check(unit, { live }) {
    const rewritten = writtenAnew(unit);
    const bytes = live === undefined ? 0 : bytesOf(rewritten, live) * needed;
    if (live === undefined || bytes === 0) return [];
    const what = `Writing ${namesInWords(rewritten)} anew needs about ${bytesInWords(bytes)}, half of it for the log`;
    const { freeDiskBytes: free } = live;
    if (free === undefined) {
      if (bytes < worthAWordBytes) return [];
      return [
        { severity: 'advice', message: `${what}: look at what is free on the disk, which the server does not say.` },
      ];
    }
    return bytes > free ? [{ message: `${what}, and ${bytesInWords(free)} are free.` }] : [];
  },
};
