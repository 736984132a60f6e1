import { type Generated, Kysely, PostgresDialect } from 'kysely';
import { pool } from './pool.ts';

interface ReadersTable {
  id: Generated<string>;
  name: string;
  email: string;
}

interface LoansTable {
  id: Generated<string>;
  reader_id: string;
  name: string;
  due: string;
}

interface Database {
  readers: ReadersTable;
  loans: LoansTable;
}

const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });

export async function lend(readerId: string, name: string, due: string): Promise<void> {
  await db.insertInto('loans').values({ reader_id: readerId, name, due }).execute();
}

export async function loansOf(email: string) {
  return db
    .selectFrom('loans as l')
    .innerJoin('readers as r', 'r.id', 'l.reader_id')
    .select(['l.name as book', 'r.name'])
    .where('r.email', '=', email)
    .orderBy('l.name')
    .execute();
}

export async function mergeNames(from: string, name: string): Promise<void> {
  await db.updateTable('readers').set({ name }).where('name', '=', from).execute();
}
