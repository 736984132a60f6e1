import type { Value } from '#db/workload/shape';
import type { ProvingCase } from './proving-cases.ts';

/** The application's NULL became `none`, or was written after that and is still there. */
const named = (right: Value, read: Value): boolean => right === null && read === 'none';
const visits = (added: number) =>
  `SELECT bool_and(visits = id % 7 + ${added}) AS ok FROM users WHERE id BETWEEN 2401 AND 3000`;

/** Changes of the rows themselves. The application works on rows up to 2,400 and on those that it inserts. */
export const dataCases: readonly ProvingCase[] = [
  {
    title: 'values are replaced',
    sql: `UPDATE users SET note = 'none' WHERE note IS NULL`,
    tellsExceptions: true,
    old: { fields: { note: { column: 'note', omitted: null, accepts: named } } },
    returned: {},
  },
  {
    // Rows that the application deletes and inserts again have another number by then.
    title: 'a number is counted up, once in each row',
    tellsExceptions: true,
    sql: 'UPDATE users SET visits = visits + 1',
    setup: 'ALTER TABLE users ADD COLUMN visits integer NOT NULL DEFAULT 0; UPDATE users SET visits = id % 7',
    probe: { done: visits(1), back: visits(0) },
  },
  {
    title: 'a column is renamed, and its values are changed under the new name',
    sql: `ALTER TABLE users RENAME COLUMN note TO remark; UPDATE users SET remark = 'none' WHERE remark IS NULL`,
    tellsExceptions: true,
    old: { fields: { note: { column: 'note', omitted: null, accepts: named } } },
    young: { fields: { note: { column: 'remark', omitted: null, accepts: named } } },
    returned: {},
  },
  {
    title: 'rows are deleted from a table that refers to the one at work',
    sql: 'DELETE FROM orders WHERE user_id % 3 = 0',
    setup: `CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
      INSERT INTO orders SELECT n, 2400 + n % 600 + 1 FROM generate_series(1, 2000) AS n`,
    probe: {
      done: 'SELECT count(*) = 1333 AND bool_and(user_id % 3 > 0) AS ok FROM orders',
      back: 'SELECT count(*) = 2000 AS ok FROM orders',
    },
  },
  {
    title: 'rows are copied from the table at work',
    sql: `INSERT INTO people (id, label) SELECT id, upper(name) FROM users WHERE id > 2400 AND id <= 3000`,
    setup: 'CREATE TABLE people (id bigint PRIMARY KEY, label text)',
    probe: {
      done: 'SELECT count(*) = 600 AS ok FROM people',
      back: 'SELECT count(*) = 0 AS ok FROM people',
    },
  },
];
