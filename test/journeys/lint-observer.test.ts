import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Observation } from '../support/proof/observation.ts';
import { type Example, observe } from '../support/proof/observe.ts';
import { type ProofServer, startProofServers } from '../support/proof/servers.ts';

type Script = {
  readonly mode: Example['mode'];
  readonly given?: string;
  /** Each statement with what must be told of it; undefined where it only makes the next one possible. */
  readonly lines: readonly (readonly [statement: string, told: string | undefined])[];
};

const majors = [13, 15, 18];
let servers: readonly ProofServer[] = [];

beforeAll(async () => {
  servers = await startProofServers(majors);
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
});

const usersLocked = 'ACCESS EXCLUSIVE users users_email_key users_name_index users_pkey';
const usersRewritten = `${usersLocked}; rewrites users; rebuiltIndexes users_email_key users_name_index users_pkey; scans users`;
const newAge = `SHARE UPDATE EXCLUSIVE users; scans users`;
const range = `FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`;

/** Each in a transaction of its own that is rolled back. */
const alone: readonly (readonly [string, string])[] = [
  ['CREATE INDEX x ON orders (total)', 'SHARE orders; scans orders; builds x'],
  ['CREATE INDEX CONCURRENTLY x ON orders (total)', 'fails 25001'],
  ['DROP INDEX users_name_index', 'ACCESS EXCLUSIVE users users_name_index'],
  ['ALTER TABLE users ALTER COLUMN age TYPE bigint', usersRewritten],
  ['ALTER TABLE users ALTER COLUMN code TYPE varchar(30)', 'ACCESS EXCLUSIVE users'],
  ['ALTER TABLE users ALTER COLUMN age SET NOT NULL', 'ACCESS EXCLUSIVE users; scans users'],
  ['ALTER TABLE orders ADD CHECK (total > 0)', 'ACCESS EXCLUSIVE orders; scans orders'],
  ['ALTER TABLE orders ADD CHECK (total > 0) NOT VALID', 'ACCESS EXCLUSIVE orders'],
  ['ALTER TABLE orders DROP CONSTRAINT orders_user_fkey', 'ACCESS EXCLUSIVE orders users'],
  ['ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders (id) NOT VALID', 'SHARE ROW EXCLUSIVE items orders'],
  ['ALTER TABLE users ADD COLUMN extra float8 DEFAULT random()', usersRewritten],
  ['ALTER TABLE users ADD COLUMN extra timestamptz DEFAULT now()', 'ACCESS EXCLUSIVE users'],
  [
    `ALTER TABLE events ATTACH PARTITION events_2026 ${range}`,
    'SHARE UPDATE EXCLUSIVE events; ACCESS EXCLUSIVE events_2026; scans events_2026',
  ],
  ['SELECT * FROM users LIMIT 5', 'ACCESS SHARE users users_email_key users_name_index users_pkey'],
  ['LOCK TABLE notes IN SHARE MODE', 'SHARE notes'],
];

const scripts: readonly Script[] = [
  ...alone.map((line) => ({ mode: 'transaction' as const, lines: [line] })),
  {
    mode: 'transaction',
    lines: [
      [`ALTER TYPE order_status ADD VALUE 'gone'`, ''],
      [`UPDATE orders SET status = 'gone'`, 'fails 55P04'],
      ['SELECT 1', 'fails 25P02'],
    ],
  },
  {
    // The transaction holds the stronger lock already, all the time that the rows are read.
    mode: 'transaction',
    lines: [
      ['ALTER TABLE users ADD CONSTRAINT known CHECK (age > 1) NOT VALID', 'ACCESS EXCLUSIVE users'],
      ['ALTER TABLE users VALIDATE CONSTRAINT known', newAge],
    ],
  },
  {
    // Nobody else can wait for what the same transaction has made.
    mode: 'transaction',
    lines: [
      ['CREATE TABLE more (user_id bigint REFERENCES users)', 'SHARE ROW EXCLUSIVE users'],
      ['ALTER TABLE more ALTER COLUMN user_id TYPE text USING 1', 'fails 42804'],
    ],
  },
  {
    mode: 'transaction',
    given: `ALTER TABLE events_2026 ADD CHECK (happened_on >= '2026-01-01' AND happened_on < '2027-01-01')`,
    lines: [
      [
        `ALTER TABLE events ATTACH PARTITION events_2026 ${range}`,
        'SHARE UPDATE EXCLUSIVE events; ACCESS EXCLUSIVE events_2026',
      ],
    ],
  },
  {
    mode: 'autocommit',
    lines: [
      ['CREATE INDEX CONCURRENTLY x ON orders (total)', 'SHARE UPDATE EXCLUSIVE orders; scans orders; builds x'],
      ['CREATE INDEX CONCURRENTLY IF NOT EXISTS x ON orders (total)', undefined],
      ['CREATE UNIQUE INDEX CONCURRENTLY y ON orders (status)', 'fails 23505'],
      ['ALTER TABLE users ADD CONSTRAINT known CHECK (age IS NOT NULL) NOT VALID', 'ACCESS EXCLUSIVE users'],
      ['ALTER TABLE users VALIDATE CONSTRAINT known', newAge],
      ['ALTER TABLE users ALTER COLUMN age SET NOT NULL', 'ACCESS EXCLUSIVE users'],
      ['ALTER TABLE users ADD CONSTRAINT coded CHECK (code IS NOT NULL) NOT VALID', 'ACCESS EXCLUSIVE users'],
      ['ALTER TABLE users ALTER COLUMN code SET NOT NULL', 'ACCESS EXCLUSIVE users; scans users'],
      // The index itself is locked at the last commit only, when nobody uses it any more.
      ['DROP INDEX CONCURRENTLY users_name_index', 'SHARE UPDATE EXCLUSIVE users; ACCESS EXCLUSIVE users_name_index'],
      [
        'VACUUM FULL items',
        'ACCESS EXCLUSIVE items items_pkey; rewrites items; rebuiltIndexes items_pkey; scans items',
      ],
      ['VACUUM notes', 'SHARE UPDATE EXCLUSIVE notes'],
      [`ALTER TYPE order_status ADD VALUE 'gone'`, ''],
      [`INSERT INTO orders (id, status, total) VALUES (9000, 'gone', 1)`, 'ROW EXCLUSIVE orders'],
      ['LOCK TABLE notes', 'fails 25P01'],
      ['BEGIN', ''],
      ['LOCK TABLE notes', 'ACCESS EXCLUSIVE notes'],
      ['TRUNCATE notes', 'SHARE notes; emptied notes'],
      ['COMMIT', ''],
      ['CREATE DATABASE shop', ''],
      ['DROP DATABASE shop', ''],
    ],
  },
];

describe.concurrent('the observer', () => {
  it.each(majors)('sees on PostgreSQL %i what is known', async (major) => {
    for (const script of scripts) {
      const observed = await observeOn(major, script);
      const seen = script.lines.map(([statement, told], at) => [
        statement,
        told === undefined ? told : toldOf(observed[at]),
      ]);
      expect(seen).toEqual(script.lines);
    }
  });

  it.each(majors)('sees on PostgreSQL %i what a key from one table to another does to both', async (major) => {
    const added = await oneOn(major, 'ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders (id)');
    // How much of the other table is read is up to the planner.
    expect(added?.scans).toContain('public.items');
    expect(tablesIn(added, 'SHARE ROW EXCLUSIVE')).toEqual(['public.items', 'public.orders']);
    const emptied = await oneOn(major, 'TRUNCATE users CASCADE');
    expect(emptied).toMatchObject({ rewrites: [], scans: [], emptied: ['public.orders', 'public.users'] });
    expect(tablesIn(emptied, 'ACCESS EXCLUSIVE')).toEqual(['public.orders', 'public.users']);
  });

  it.each(majors)('counts on PostgreSQL %i what is written to the log', async (major) => {
    const [rewritten, renamed] = [
      await oneOn(major, 'ALTER TABLE users ALTER COLUMN age TYPE bigint'),
      await oneOn(major, 'ALTER TABLE users RENAME COLUMN age TO years'),
    ];
    expect(rewritten?.walBytes).toBeGreaterThan(200_000);
    expect(rewritten?.said).toContain('rewriting table "users"');
    expect(renamed?.walBytes).toBeLessThan(20_000);
    expect(renamed?.said).toEqual([]);
  });
});

async function observeOn(major: number, { mode, given, lines }: Script): Promise<readonly Observation[]> {
  const server = servers.find((one) => one.major === major);
  if (server === undefined) throw new Error(`there is no server ${major}`);
  return await observe(server, { mode, given, statements: lines.map(([statement]) => statement) });
}

async function oneOn(major: number, statement: string): Promise<Observation | undefined> {
  const [observation] = await observeOn(major, { mode: 'transaction', lines: [[statement, undefined]] });
  return observation;
}

function tablesIn(observation: Observation | undefined, mode: string): readonly string[] {
  return (observation?.locks ?? [])
    .filter((lock) => lock.kind === 'table' && lock.mode === mode)
    .map(({ relation }) => relation);
}

/** In the order of the locks' relations: `SHARE orders; scans orders; builds x`. */
function toldOf(observation: Observation | undefined): string {
  if (observation === undefined) return 'nothing';
  const { sqlstate, locks } = observation;
  if (sqlstate !== undefined) return `fails ${sqlstate}`;
  const short = (name: string) => name.replace(/^public\./, '');
  const modes = [...new Set(locks.map(({ mode }) => mode))];
  const held = modes.map((mode) => {
    const relations = locks.filter((lock) => lock.mode === mode).map(({ relation }) => short(relation));
    return `${mode} ${relations.join(' ')}`;
  });
  const kinds = (['rewrites', 'emptied', 'rebuiltIndexes', 'scans', 'builds'] as const).flatMap((kind) =>
    observation[kind].length === 0 ? [] : [`${kind} ${observation[kind].map(short).join(' ')}`],
  );
  return [...held, ...kinds].join('; ');
}
