import { Client } from 'pg';
import { expect, test } from 'vitest';
import { postgresSpelling } from '#db/drivers/postgres/spelling/index';
import { beginLife } from './support/life.ts';

const clients = 8;
const turns = 150;
const values = 12;
const birth = {
  setup: 'CREATE TABLE users (id bigserial PRIMARY KEY, mail text UNIQUE, times int NOT NULL DEFAULT 1)',
  sql: 'ALTER TABLE users RENAME COLUMN mail TO email',
};
const part = { type: 'text', omitted: { kind: 'same', sql: 'NULL' } } as const;

test('eight clients upsert on both names of a unique column while it is renamed, and none is refused', async () => {
  const life = await beginLife(birth);
  try {
    await life.forward(['prepare', 'expand', 'migrate']);
    expect(await upsertOnBoth(life.database.url)).toEqual([]);
    const found = await life.database.query(
      'SELECT count(*)::int AS rows, sum(times)::int AS times, bool_and(mail = email) AS same FROM users',
    );
    expect(found).toEqual([{ rows: values, times: clients * turns, same: true }]);
  } finally {
    await life.end();
  }
});

test('without the lock on the value the same clients break the uniqueness of the other name', async () => {
  const life = await beginLife(birth);
  try {
    const { query, url } = life.database;
    await query('ALTER TABLE users ADD COLUMN email text UNIQUE');
    const sync = {
      table: { schema: 'public', name: 'users' },
      name: 'godwit_sync_test',
      from: { column: 'mail', ...part },
      to: { column: 'email', ...part },
      up: 'new.mail',
      down: 'new.email',
      lockValues: false,
      searchPath: ['public'],
    };
    for (const statement of postgresSpelling.createSync(sync)) await query(statement);
    const refused: unknown[] = [];
    // Which of two clients comes first is chance: a few rounds with new values are enough for it to happen.
    for (let round = 0; round < 10 && refused.length === 0; round += 1) {
      await query('TRUNCATE users');
      refused.push(...(await upsertOnBoth(url)));
    }
    expect(new Set(refused)).toEqual(new Set(['23505']));
  } finally {
    await life.end();
  }
});

/** SQLSTATEs of what was refused. */
async function upsertOnBoth(url: string): Promise<readonly unknown[]> {
  const all = await Promise.all(Array.from({ length: clients }, (_, place) => upserts(url, place)));
  return all.flat();
}

async function upserts(url: string, place: number): Promise<readonly unknown[]> {
  const column = place % 2 === 0 ? 'mail' : 'email';
  const client = new Client({ connectionString: url });
  await client.connect();
  const refused: unknown[] = [];
  const text = `INSERT INTO users AS u (${column}) VALUES ($1) ON CONFLICT (${column}) DO UPDATE SET times = u.times + 1`;
  for (let turn = 0; turn < turns; turn += 1) {
    await client
      .query(text, [`value ${turn % values}`])
      .catch((error: unknown) => refused.push(error instanceof Error && 'code' in error ? error.code : error));
  }
  await client.end();
  return refused;
}
