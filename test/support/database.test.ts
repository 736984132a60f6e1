import { Client } from 'pg';
import { expect, test } from 'vitest';
import { createDatabase, withDatabase } from './database.ts';

test('the role owns its database and is no superuser', async () => {
  await withDatabase(async ({ query, role, superQuery }) => {
    await query('CREATE TABLE users (id int); INSERT INTO users VALUES (1), (2)');
    expect(await query('SELECT id FROM users WHERE id > $1', [1])).toEqual([{ id: 2 }]);
    expect(await query('SELECT current_user AS name, usesuper FROM pg_user WHERE usename = current_user')).toEqual([
      { name: role, usesuper: false },
    ]);
    expect(await superQuery('SHOW is_superuser')).toEqual([{ is_superuser: 'on' }]);
  });
});

test('drop removes database and role though somebody is connected', async () => {
  const { drop, name, role, url } = await createDatabase();
  const client = new Client(url);
  client.on('error', () => undefined);
  await client.connect();
  await drop();
  await withDatabase(async ({ query }) => {
    const left =
      'SELECT datname FROM pg_database WHERE datname = $1 UNION ALL SELECT rolname FROM pg_roles WHERE rolname = $2';
    expect(await query(left, [name, role])).toEqual([]);
  });
});

test('a role with a password is refused with another one', async () => {
  await withDatabase(
    async ({ query, url }) => {
      expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
      const wrong = new URL(url);
      wrong.password = 'wrong';
      await expect(new Client(wrong.href).connect()).rejects.toMatchObject({ code: '28P01' });
    },
    { hasPassword: true, extensions: ['pg_stat_statements'] },
  );
});
