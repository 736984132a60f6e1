import { asc, ilike } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { pool } from './pool.ts';
import { readers } from './schema.ts';

const db = drizzle(pool);

export async function namesLike(pattern: string): Promise<string[]> {
  const rows = await db.select({ name: readers.name }).from(readers).where(ilike(readers.name, pattern)).orderBy(asc(readers.name));
  return rows.map(({ name }) => name);
}

export async function join(name: string, email: string): Promise<void> {
  await db.insert(readers).values({ name, email });
}
