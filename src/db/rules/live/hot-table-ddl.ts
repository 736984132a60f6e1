import { earlierInTransaction } from '../../lint/context.ts';
import type { LiveFacts } from '../../lint/live-facts.ts';
import { blocksReads, blocksWrites } from '../../lint/lock-mode.ts';
import { isLong, tablesHeld } from '../../lint/questions/held-locks.ts';
import { namesInWords } from '../../lint/questions/names-in-words.ts';
import { isLimited } from '../../lint/settings.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

/**
 * So many statements a second fill a server of 100 connections, as it is set up by default, within the second in which
 * they wait for a lock.
 */
const hotPerSecond = 100;

const hot = { rows: 1_000, bytes: 90_000, indexBytes: 30_000, readsPerSecond: 900, writesPerSecond: 20, sessions: 12 };
const cool = { ...hot, readsPerSecond: 2, writesPerSecond: 0.1, sessions: 0 };
const written = { ...hot, readsPerSecond: 0, writesPerSecond: 400, sessions: 3 };
const busy = {
  tables: new Map([
    ['public.users', hot] as const,
    ['public.notes', cool] as const,
    ['public.items', written] as const,
  ]),
};

export const hotTableDdl: Rule = {
  id: 'live/hot-table-ddl',
  severity: 'warning',
  summary: 'A table that is in constant use on this server is locked so that its users wait',
  why: 'The statement must wait for those who use the table now, and all who come meanwhile wait behind it. At this rate one second is enough to use up the connections of the server or of its pool.',
  instead:
    "SET lock_timeout = '500ms' before it and try again where it was not granted, at a quiet time of day; `godwit plan` does so.",
  aliases: { MigrationPilot: ['MP013', 'MP019', 'MP101'] },
  needs: 'live',
  claims: [],
  bad: [
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;', live: busy },
    {
      sql: "SET lock_timeout = '500ms';\nALTER TABLE users ADD CONSTRAINT users_balance CHECK (balance > -100000);",
      live: busy,
    },
    { sql: 'CREATE INDEX items_order ON items (order_id);', live: busy },
    { sql: 'DROP TRIGGER users_touch ON users;', live: busy },
  ],
  good: [
    { sql: "SET lock_timeout = '500ms';\nALTER TABLE users ADD COLUMN nickname text;", live: busy },
    { sql: 'ALTER TABLE notes ADD COLUMN title text;', live: busy },
    { sql: 'CREATE INDEX users_age ON users (age);', live: busy },
    { sql: 'CREATE INDEX CONCURRENTLY items_order ON items (order_id);', live: busy },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;' },
    { sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts ADD COLUMN title text;', live: busy },
  ],
  on: ['*'],
  check(unit, context) {
    const { live, settings } = context;
    if (live === undefined || (isLimited(settings, 'lock_timeout') && !isLong(unit))) return [];
    // What the transaction holds already has had its word.
    const before = new Set(earlierInTransaction(unit, context).flatMap(isLong(unit) ? () => [] : tablesHeld));
    const hotTables = waitingFor(unit, live).filter(({ perSecond }) => perSecond >= hotPerSecond);
    const waiting = hotTables.filter(({ table }) => !before.has(table));
    const [hottest] = waiting.toSorted((one, other) => other.perSecond - one.perSecond);
    if (hottest === undefined) return [];
    const { table, what, perSecond, sessions } = hottest;
    const now = sessions > 0 ? `, and ${sessions} ${sessions === 1 ? 'session uses' : 'sessions use'} it now` : '';
    const more =
      waiting.length > 1
        ? ` So is ${namesInWords(waiting.map((one) => one.table).filter((one) => one !== table))}.`
        : '';
    const tables = waiting.map((one) => one.table);
    return [
      {
        message: `${namesInWords([table])} has about ${Math.round(perSecond)} ${what} a second${now}: they wait for this.${more}`,
        tables,
      },
    ];
  },
};

type Waiting = {
  readonly table: string;
  readonly what: string;
  readonly perSecond: number;
  readonly sessions: number;
};

/** Who waits for the locks of a unit: readers and writers, or writers alone. */
function waitingFor({ effects }: Unit, live: LiveFacts): readonly Waiting[] {
  const strong = effects.locks.filter(({ kind, mode }) => kind === 'table' && blocksWrites(mode));
  return [...new Set(strong.map(({ relation }) => relation))].flatMap((table) => {
    const facts = live.tables.get(table);
    if (facts === undefined) return [];
    const isShut = strong.some(({ relation, mode }) => relation === table && blocksReads(mode));
    const { readsPerSecond, writesPerSecond, sessions } = facts;
    return isShut
      ? [{ table, what: 'reads and writes', perSecond: readsPerSecond + writesPerSecond, sessions }]
      : [{ table, what: 'writes', perSecond: writesPerSecond, sessions }];
  });
}
