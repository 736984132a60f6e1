import type { AppVersion, WorkloadShape } from './shape.ts';

/** A table of users as in the demo: `name` is what is renamed, `email` is unique, `note` may be NULL. */
export function usersShape(rows: number): WorkloadShape {
  return {
    key: 'id',
    rows,
    fields: [
      { name: 'name', make: (_, turn) => `name ${turn}` },
      { name: 'email', make: (_, turn) => `mail${turn}@example.org`, isUnique: true },
      { name: 'note', make: (random) => `note ${Math.floor(random() * 1_000)}`, isNullable: true },
    ],
    initial: (key) => ({
      name: `name of ${key}`,
      email: `user${key}@example.org`,
      note: key % 3 === 0 ? null : `note ${key}`,
    }),
  };
}

/** Statements that make that table, with its rows exactly as `initial` says. */
export function usersTable(table: string, rows: number): readonly string[] {
  return [
    `CREATE TABLE ${table} (id bigint PRIMARY KEY, name text NOT NULL, email text NOT NULL UNIQUE, note text, created_at timestamptz NOT NULL DEFAULT now())`,
    `INSERT INTO ${table} (id, name, email, note)
     SELECT n, 'name of ' || n, 'user' || n || '@example.org', CASE WHEN n % 3 = 0 THEN NULL ELSE 'note ' || n END
     FROM generate_series(1, ${rows}) AS n`,
    `CREATE INDEX ${table}_name ON ${table} (name)`,
    `ANALYZE ${table}`,
  ];
}

/** A version of the application that calls the name by this column. */
export function usersVersion(name: string, table: string, nameColumn: string): AppVersion {
  return {
    name,
    table: { schema: 'public', name: table },
    fields: {
      name: { column: nameColumn },
      email: { column: 'email' },
      note: { column: 'note', omitted: null },
    },
    unknown: {},
    upsertsOn: 'email',
  };
}
