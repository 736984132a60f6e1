import { pool } from './pool.ts';

export type Reader = { id: string; label: string; email: string };

const COLUMNS = 'r.id, r.name AS label, r.email';

/** Adds a reader, or gives the one with this address another name. */
export async function addReader(name: string, email: string): Promise<Reader> {
  const { rows } = await pool.query(
    `INSERT INTO readers (name, email) VALUES ($1, $2)
     ON CONFLICT (email) DO UPDATE SET name = excluded.name
     RETURNING *`,
    [name.trim(), email],
  );
  const reader = rows[0];
  return { id: reader.id, label: reader.name, email: reader.email };
}

export async function renameReader(id: string, name: string): Promise<void> {
  await pool.query('UPDATE readers SET name = $1 WHERE id = $2', [name, id]);
}

export async function findReaders(words: string): Promise<Reader[]> {
  const { rows } = await pool.query<Reader>(
    `SELECT ${COLUMNS} FROM readers r WHERE lower(r.name) LIKE '%' || lower($1) || '%' ORDER BY r.name`,
    [words],
  );
  return rows;
}

/** Who has what, with the name of the book beside the name of the reader. */
export async function overdue(): Promise<{ reader: string; book: string }[]> {
  const { rows } = await pool.query(
    'SELECT r.name AS reader, l.name AS book ' +
      'FROM loans l JOIN readers r ON r.id = l.reader_id ' +
      'WHERE l.due < current_date ORDER BY r.name, l.name',
  );
  return rows;
}
