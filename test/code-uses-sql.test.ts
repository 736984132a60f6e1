// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code that is looked at
import { expect, it } from 'vitest';
import { look, lookAt } from './support/look-at-code.ts';

it.each([
  [
    'a template with values',
    'db.query(sql`SELECT name FROM users WHERE id = ${id}`);',
    'db.query(sql`SELECT full_name AS name FROM users WHERE id = ${id}`);',
  ],
  [
    'a table that is put in',
    'q(`SELECT u.name FROM ${table} t JOIN users u ON true`);',
    'q(`SELECT u.full_name AS name FROM ${table} t JOIN users u ON true`);',
  ],
  [
    'a condition that is put in',
    'q(`SELECT id FROM users WHERE name = $1 ${more} ORDER BY ${by} ${way}`);',
    'q(`SELECT id FROM users WHERE full_name = $1 ${more} ORDER BY ${by} ${way}`);',
  ],
  [
    'a join that is put in is no other name of the table before it',
    'q(`SELECT users.name FROM users ${join} WHERE users.name = {{name}} ${filter}`, { name });',
    'q(`SELECT users.full_name AS name FROM users ${join} WHERE users.full_name = {{name}} ${filter}`, { name });',
  ],
  [
    'a list that is put in',
    'sql`SELECT id FROM users WHERE name IN ${sql(names)}`;',
    'sql`SELECT id FROM users WHERE full_name IN ${sql(names)}`;',
  ],
  [
    'a sum',
    "const text = 'SELECT id FROM users ' + 'WHERE name = $1 ' + more;",
    "const text = 'SELECT id FROM users ' + 'WHERE full_name = $1 ' + more;",
  ],
  [
    'a constant',
    "const COLUMNS = 'id, name';\nq(`SELECT ${COLUMNS} FROM users`);",
    "const COLUMNS = 'id, full_name AS name';\nq(`SELECT ${COLUMNS} FROM users`);",
  ],
  [
    'escapes and quotes',
    "q('SELECT \\'größe\\' AS x, \"name\" FROM users WHERE \\'name\\' = name');",
    "q('SELECT \\'größe\\' AS x, \"full_name\" AS \"name\" FROM users WHERE \\'name\\' = full_name');",
  ],
  [
    'quotes within quotes',
    'q("SELECT \\"name\\" FROM users");',
    'q("SELECT \\"full_name\\" AS \\"name\\" FROM users");',
  ],
  [
    'question marks',
    "q('SELECT id FROM users WHERE name = ? AND email LIKE ?', [a, b]);",
    "q('SELECT id FROM users WHERE full_name = ? AND email LIKE ?', [a, b]);",
  ],
  [
    'named parameters',
    "q('SELECT id FROM users WHERE name = :name AND id = :id::bigint');",
    "q('SELECT id FROM users WHERE full_name = :name AND id = :id::bigint');",
  ],
  [
    'a name in prose',
    "throw new Error('select a name from the users');",
    "throw new Error('select a name from the users');",
  ],
  ['another table', "q('SELECT name FROM products');", "q('SELECT name FROM products');"],
  ['a comment', '// SELECT name FROM users\nexport {};', '// SELECT name FROM users\nexport {};'],
])('SQL in code: %s', async (_, text, wanted) => {
  expect(await lookAt(text)).toMatchObject({ first: wanted, final: wanted });
});

it.each([
  [
    'a value that may stand twice',
    'sql`INSERT INTO users (name) VALUES (${user.name})`;',
    'sql`INSERT INTO users (name, full_name) VALUES (${user.name}, ${user.name})`;',
    'sql`INSERT INTO users (full_name) VALUES (${user.name})`;',
  ],
  [
    'a call',
    'sql`UPDATE users SET name = ${read()} WHERE id = 1`;',
    'sql`UPDATE users SET full_name = ${read()} WHERE id = 1`;',
    'sql`UPDATE users SET full_name = ${read()} WHERE id = 1`;',
  ],
  [
    'a question mark',
    "q('UPDATE users SET name = ?', [a]);",
    "q('UPDATE users SET full_name = ?', [a]);",
    "q('UPDATE users SET full_name = ?', [a]);",
  ],
])('SQL that writes: %s', async (_, text, first, final) => {
  expect(await lookAt(text)).toMatchObject({ first, final });
});

it.each([
  [
    'const { rows } = await db.query("SELECT * FROM users");\nuse(rows[0].name, rows.map((row) => row.name));',
    'const { rows } = await db.query("SELECT * FROM users");\nuse(rows[0].full_name, rows.map((row) => row.full_name));',
  ],
  [
    'const [user] = await sql`SELECT * FROM users`;\nconst { name, id } = user;',
    'const [user] = await sql`SELECT * FROM users`;\nconst { full_name: name, id } = user;',
  ],
  [
    'const result = await db.query("UPDATE users SET email = $1 RETURNING *");\nfor (const { name: label } of result.rows) use(label);',
    'const result = await db.query("UPDATE users SET email = $1 RETURNING *");\nfor (const { full_name: label } of result.rows) use(label);',
  ],
  [
    'const { rows } = await db.query("SELECT * FROM products");\nuse(rows[0].name);',
    'const { rows } = await db.query("SELECT * FROM products");\nuse(rows[0].name);',
  ],
  [
    'const row = (await db.query("SELECT * FROM users")).rows[0];\nconst other = (row) => row.name;\nuse(row.name, other);',
    'const row = (await db.query("SELECT * FROM users")).rows[0];\nconst other = (row) => row.name;\nuse(row.full_name, other);',
  ],
])('rows of SELECT *: %s', async (text, wanted) => {
  expect(await lookAt(text)).toMatchObject({ first: wanted, final: wanted });
});

it('what is put together elsewhere is possible, with the reason', async () => {
  const { uses } = await look({
    'a.js': "const parts = ['name = $1'];\nconst order = 'ORDER BY name';\nq('SELECT name FROM users WHERE WHERE');",
  });
  expect(uses.map(({ line, doubt }) => [line, doubt !== undefined])).toEqual([
    [1, true],
    [2, true],
    [3, true],
  ]);
});

it.each([
  ["const cols = ['id', 'name'];\nrows(`SELECT ${cols.join(', ')} FROM users`);", ['name']],
  ["const f = async (sort = 'name') => rows(`SELECT email FROM users ORDER BY ${sort} DESC`);", ['name']],
  ["const f = ({ sort = 'u.name' } = {}) => rows(`SELECT email FROM users u ORDER BY ${sort}`);", ['name']],
  ["let by = 'id';\nif (x) by = 'name';\nrows('SELECT id FROM users ORDER BY ' + by);", ['name']],
  ["const cols = ['id'];\ncols.push('name');\nrows(`SELECT ${cols} FROM users`);", ['name']],
  ["const by = { a: 'name' };\nrows(`SELECT id FROM users ORDER BY ${by[key] ?? 'id'}`);", ['name']],
  ["function list(by) { return rows(`SELECT id FROM users ORDER BY ${by}`); }\nlist('name');", ['name']],
  ["class A { cols = 'id, name'; all() { return rows(`SELECT ${this.cols} FROM users`); } }", ['name']],
  ["for (const by of ['id', 'name']) rows(`SELECT count(${by}) FROM users`);", ['name']],
  ["const row = { id: 1, name: 'x' };\nrows(`INSERT INTO users (${Object.keys(row).join()}) VALUES ($1)`);", ['name']],
  ["const get = (table, by = 'name') => rows(`SELECT id FROM ${table} ORDER BY ${by}`);", ['name']],
  ["rows(`SELECT ${flag ? 'name' : 'email'} FROM users`);", ['name']],
  ["sql`SELECT ${sql(['id', 'name'])} FROM users`;", ['name']],
  ["const by = sql.identifier(['name']);\nsql`SELECT id FROM users ORDER BY ${by}`;", ['name']],
  ["const order = (by = 'name') => `ORDER BY ${by}`;", ['name']],
  ["const label = 'name';\nsql`SELECT id FROM users WHERE email = ${label}`;", []],
  ["const cols = ['id', 'name'];\nrows(`SELECT ${cols.join(', ')} FROM products`);", []],
  ["const cols = ['id', 'name'];\nconsole.log(`Choose ${cols.join(', ')}`);", []],
  [
    "class Repo {\n  table = 'users';\n  one = async (id) => (await db.query(`SELECT * FROM ${this.table} WHERE id = $1`, [id])).rows[0].name;\n}",
    ['*'],
  ],
  [
    'const one = async (t, id) => (await db.query(`SELECT * FROM ${t} WHERE id = $1`, [id])).rows[0].name;\none("users", 1);',
    ['*'],
  ],
  ['const one = (t) => db.query(`SELECT * FROM ${t}`);\none("orders");\none("users of all");', []],
])('a name that is put into a statement is possible: %s', async (text, wanted) => {
  const { said, final } = await lookAt(text);
  expect(said).toEqual(wanted.map((name) => `sql/part? ${name}`));
  expect(final).toBe(text);
});

it.each([
  ['await db.query(`DO $$ BEGIN PERFORM name FROM users; END $$`);', ['sql? name']],
  ["await db.query('DO LANGUAGE plpgsql $$ BEGIN UPDATE users SET name = NULL; END $$');", ['sql? name']],
  ['await db.query(`CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT name FROM users $$`);', ['sql? name']],
  ['await db.query(`DO $$ BEGIN PERFORM name FROM products; END $$`);', []],
  ["throw new Error('do name the users');", []],
])('bodies in code: %s', async (text, wanted) => {
  const { said, final } = await lookAt(text);
  expect(said).toEqual(wanted);
  expect(final).toBe(text);
});

it('files of queries', async () => {
  const text =
    '/* @name FindUsers */\nSELECT name FROM users WHERE name = :name!;\n\n-- name: Rename :exec\nUPDATE users SET name = sqlc.arg(name) WHERE id = @id;\n';
  const { first, final } = await lookAt(text, { path: 'queries/users.sql' });
  expect(first).toBe(
    '/* @name FindUsers */\nSELECT full_name AS name FROM users WHERE full_name = :name!;\n\n-- name: Rename :exec\nUPDATE users SET name = sqlc.arg(name), full_name = sqlc.arg(name) WHERE id = @id;\n',
  );
  expect(final).toBe(
    '/* @name FindUsers */\nSELECT full_name AS name FROM users WHERE full_name = :name!;\n\n-- name: Rename :exec\nUPDATE users SET full_name = sqlc.arg(name) WHERE id = @id;\n',
  );
  expect((await lookAt(text, { path: 'migrations/1.sql' })).said).toEqual([]);
});
