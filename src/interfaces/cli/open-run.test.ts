import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { document, errorSchema, type Godwit } from '../../../test/support/godwit.ts';
import { godwitInside } from '../../../test/support/godwit-inside.ts';

const planSchema = z.object({ plan: z.object({ id: z.string() }) });

describe('a plan while another run is open', () => {
  let database: TestDatabase;
  let godwit: Godwit;
  let id: string;

  beforeAll(async () => {
    database = await createDatabase();
    await database.query(`
      CREATE TABLE users (id bigint PRIMARY KEY, name text, note text);
      CREATE TABLE orders (id bigint PRIMARY KEY, total int);
      INSERT INTO users SELECT i, 'n' || i FROM generate_series(1, 100) AS i;`);
    godwit = await godwitInside(database.url);
    ({
      plan: { id },
    } = document(await godwit.run('plan', 'ALTER TABLE users RENAME COLUMN name TO full_name', '--json'), planSchema));
    expect(await godwit.run('apply')).toMatchObject({ exit: 0 });
  });
  afterAll(async () => {
    await godwit.remove();
    await database.drop();
  });

  const onSameTable = {
    'that would stand on what the run has added': 'ALTER TABLE users DROP COLUMN full_name',
    'that changes another column': 'ALTER TABLE users ALTER COLUMN note SET DEFAULT 1',
    'that changes rows': "UPDATE users SET note = 'x'",
    'that wants a name which the run has taken': 'ALTER TABLE users ADD COLUMN full_name text',
    'that is the same intent again': 'ALTER TABLE users RENAME COLUMN name TO full_name',
  };
  for (const [which, sql] of Object.entries(onSameTable)) {
    it(`${which} is refused with the name of the run`, async () => {
      const ran = await godwit.run('plan', sql, '--json');
      const { error } = document(ran, errorSchema);
      expect([error.code, ran.exit]).toEqual(['wrong-state', 1]);
      expect(error.why).toContain(`${id} is waiting`);
      expect(error.next).toContain(`godwit apply migrations/${id}`);
      expect(error.next).toContain(`godwit rollback migrations/${id}`);
    });
  }

  it('on another table is made, and a mistake in it is told as what it is', async () => {
    expect(await godwit.run('plan', 'ALTER TABLE orders ADD COLUMN note text')).toMatchObject({ exit: 0 });
    const ran = await godwit.run('plan', 'ALTER TABLE orders DROP COLUMN nope', '--json');
    expect(document(ran, errorSchema).error.code).toBe('unknown-object');
  });

  it('does not take triggers of godwit for those of the user', async () => {
    const ran = await godwit.run('doctor', '--json');
    expect(ran.stdout).not.toContain('1 tables have some');
  });

  it('is made once the run is over, on top of it', async () => {
    expect(await godwit.run('apply', id, '--confirm', 'deploy')).toMatchObject({ exit: 0 });
    const ran = await godwit.run('plan', 'ALTER TABLE users DROP COLUMN full_name', '--json');
    expect(ran.exit).toBe(0);
    expect(ran.stdout).not.toContain('hazard/user-triggers-fire');
  });
});
