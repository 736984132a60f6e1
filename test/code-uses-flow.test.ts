// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code that is looked at
import { expect, it } from 'vitest';
import { lookAt } from './support/look-at-code.ts';

const needs = ['knex'];

it.each([
  [
    'a function',
    "function toUser(row) { return { label: row.name }; }\nconst rows = await db('users').where({ id });\nuse(rows.map(toUser), toUser(rows[0]));\n",
    "function toUser(row) { return { label: row.full_name }; }\nconst rows = await db('users').where({ id });\nuse(rows.map(toUser), toUser(rows[0]));\n",
  ],
  [
    'a private method, and one row of several',
    'class Users {\n  async all() { return (await this.db.query("SELECT * FROM users")).rows.map(this.toUser); }\n  async one() { const { rows: [row] } = await this.db.query("SELECT * FROM users"); return this.toUser(row); }\n  private toUser({ name }: any) { return name; }\n}\n',
    'class Users {\n  async all() { return (await this.db.query("SELECT * FROM users")).rows.map(this.toUser); }\n  async one() { const { rows: [row] } = await this.db.query("SELECT * FROM users"); return this.toUser(row); }\n  private toUser({ full_name: name }: any) { return name; }\n}\n',
  ],
  [
    'a function that fetches',
    "const fetchUser = async (id) => { return db('users').where({ id }).first(); };\nconst user = await fetchUser(1);\nuse(user.name, user['name']);\n",
    "const fetchUser = async (id) => { return db('users').where({ id }).first(); };\nconst user = await fetchUser(1);\nuse(user.full_name, user['full_name']);\n",
  ],
  [
    'a sum over rows',
    "const rows = await db('users');\nuse(rows.filter(Boolean).reduce((all, row) => ({ ...all, [row.name]: row }), {}));\n",
    "const rows = await db('users');\nuse(rows.filter(Boolean).reduce((all, row) => ({ ...all, [row.full_name]: row }), {}));\n",
  ],
  [
    'a type that stands where the row comes in',
    "const rows = await db('users');\nuse(rows.map((row: { id: string; name: string }) => row.name));\n",
    "const rows = await db('users');\nuse(rows.map((row: { id: string; full_name: string }) => row.full_name));\n",
  ],
])('rows through %s', async (_, text, wanted) => {
  const { first, final } = await lookAt(text, { needs });
  expect(final).toBe(wanted);
  expect(first).toBe(wanted);
});

it.each([
  [
    'it is also given rows of a list',
    "const toUser = (row) => row.name;\nuse((await db('users')).map(toUser), (await db('users').select('name')).map(toUser));\n",
    ['row name', 'knex name'],
  ],
  [
    'another value may stand in its place',
    "const row = (await db('users').where({ id }).first()) ?? { name: 'none' };\nuse(row.name);\n",
    ['row name'],
  ],
  [
    'the variable becomes something else',
    "let row = await db('users').where({ id }).first();\nif (!row) row = { name: 'none' };\nuse(row.name);\n",
    ['row name'],
  ],
  [
    'its type has a name, and is used elsewhere',
    "interface Row { name: string }\nconst toUser = (row: Row) => row.name;\nuse((await db('users')).map(toUser));\n",
    ['row name'],
  ],
  [
    'its type is of another file',
    "import type { Row } from './row';\nconst rows = await db<Row>('users').where({ id });\nuse(rows[0].name);\n",
    ['row name'],
  ],
])('a read is certain, but without a patch, where %s', async (_, text, said) => {
  const found = await lookAt(text, { needs });
  expect(found.said.filter((one) => !one.includes('?'))).toEqual(said);
  expect(found.final).toBe(text.replace("select('name')", "select('full_name as name')"));
});

it.each([
  [
    'a variable',
    "const row = { name: user.name };\nawait db('users').insert(row);\n",
    "const row = { full_name: user.name };\nawait db('users').insert(row);\n",
    "const row = { name: user.name, full_name: user.name };\nawait db('users').insert(row);\n",
  ],
  [
    'a function',
    "function toRow(user) { return { email: user.email, name: user.label }; }\nconst row = toRow(user);\nawait db('users').insert(row);\nawait db('users').insert(users.map(toRow));\n",
    "function toRow(user) { return { email: user.email, full_name: user.label }; }\nconst row = toRow(user);\nawait db('users').insert(row);\nawait db('users').insert(users.map(toRow));\n",
    "function toRow(user) { return { email: user.email, name: user.label, full_name: user.label }; }\nconst row = toRow(user);\nawait db('users').insert(row);\nawait db('users').insert(users.map(toRow));\n",
  ],
  [
    'a spread, a choice and a callback',
    "await db('users').insert(users.map((user) => ({ id: 1, ...(user.name ? { name: user.name } : {}) })));\n",
    "await db('users').insert(users.map((user) => ({ id: 1, ...(user.name ? { full_name: user.name } : {}) })));\n",
    "await db('users').insert(users.map((user) => ({ id: 1, ...(user.name ? { name: user.name, full_name: user.name } : {}) })));\n",
  ],
  [
    'a variable that is changed: never with both names, which could differ',
    "const row = { name: a };\nif (b) row.name = b;\nrow.email = c;\nawait db('users').insert(row);\n",
    "const row = { full_name: a };\nif (b) row.full_name = b;\nrow.email = c;\nawait db('users').insert(row);\n",
    "const row = { full_name: a };\nif (b) row.full_name = b;\nrow.email = c;\nawait db('users').insert(row);\n",
  ],
  [
    'an object that begins empty',
    "function toUpdate(user) {\n  const update = {};\n  if (user.label) update.name = user.label;\n  return update;\n}\nawait db('users').update(toUpdate(user));\n",
    "function toUpdate(user) {\n  const update = {};\n  if (user.label) update.full_name = user.label;\n  return update;\n}\nawait db('users').update(toUpdate(user));\n",
    "function toUpdate(user) {\n  const update = {};\n  if (user.label) update.full_name = user.label;\n  return update;\n}\nawait db('users').update(toUpdate(user));\n",
  ],
])('what is written through %s', async (_, text, final, first) => {
  expect(await lookAt(text, { needs })).toMatchObject({ final, first });
});

it.each([
  [
    'the object goes elsewhere too',
    "const row = { name: user.name };\nawait db('users').insert(row);\nemit(row);\n",
    ['knex name'],
  ],
  [
    'the function has other callers',
    "const toRow = (user) => ({ name: user.label });\nawait db('users').insert(toRow(user));\nreply(toRow(user));\n",
    ['knex name'],
  ],
  [
    'its type says so',
    "type Row = { name: string };\nconst row: Row = { name: 'x' };\nawait db('users').insert(row);\n",
    ['knex name'],
  ],
  ['a function of another file makes it', "await db('users').insert(toRow(user));\n", ['knex? toRow(user)']],
  ['its keys are computed', "const row = {};\nrow[key] = 1;\nawait db('users').insert(row);\n", ['knex? row']],
  ['it is spread', "await db('users').where({ id }).update({ ...body, email });\n", ['knex? body']],
])('what is written has no patch where %s', async (_, text, said) => {
  const found = await lookAt(text, { needs });
  expect(found.said).toEqual(said);
  expect(found.final).toBe(text);
});

it.each([
  [
    "knex('users').select(knex.raw('upper(name) as label'));",
    "knex('users').select(knex.raw('upper(full_name) as label'));",
  ],
  ["knex('users').select([knex.raw('name')]);", "knex('users').select([knex.raw('full_name AS name')]);"],
  [
    "knex('users').select('id').whereRaw('lower(name) = ?', [x]);",
    "knex('users').select('id').whereRaw('lower(full_name) = ?', [x]);",
  ],
  [
    "knex('users').select('id').orderByRaw('name NULLS LAST');",
    "knex('users').select('id').orderByRaw('full_name NULLS LAST');",
  ],
  [
    "knex('users').where({ id }).update({ email: knex.raw('name || ?', [x]) });",
    "knex('users').where({ id }).update({ email: knex.raw('full_name || ?', [x]) });",
  ],
  [
    "const T = { users: 'users' };\nthis.db.select([...columns(), this.db.raw(`count(CASE WHEN ${T.users}.name IS NULL THEN 1 END) AS n`)]).from('orders').joinRaw(`LEFT JOIN ${T.users} ON true`);",
    "const T = { users: 'users' };\nthis.db.select([...columns(), this.db.raw(`count(CASE WHEN ${T.users}.full_name IS NULL THEN 1 END) AS n`)]).from('orders').joinRaw(`LEFT JOIN ${T.users} ON true`);",
  ],
  [
    "knex('products').select(knex.raw('upper(name) as label'));",
    "knex('products').select(knex.raw('upper(name) as label'));",
  ],
  [
    "knex('users').select('id').whereIn('id', knex('products').whereRaw('name = ?', [x]).select('id'));",
    "knex('users').select('id').whereIn('id', knex('products').whereRaw('name = ?', [x]).select('id'));",
  ],
])('SQL within a chain of Knex: %s', async (text, wanted) => {
  expect((await lookAt(text, { needs })).final).toBe(wanted);
});

it('SQL within a chain of Kysely keeps its alias', async () => {
  const text =
    "db.selectFrom('users').select(sql<string>`name`.as('label')).where(sql`lower(name)`, '=', x).execute();";
  expect((await lookAt(text, { needs: ['kysely'] })).final).toBe(text.replaceAll('name', 'full_name'));
});

it.each([
  [
    'says later which columns it gives',
    "let query = db('users').where({ id });\nif (x) query = query.orderBy('name');\nlet columns = ['id', 'users.name as label'] as string[];\ncolumns = [...columns, 'name'];\nquery = query.select(columns);\nconst rows = await query;\nuse(rows.map((row) => row.name));\n",
    "let query = db('users').where({ id });\nif (x) query = query.orderBy('full_name');\nlet columns = ['id', 'users.full_name as label'] as string[];\ncolumns = [...columns, 'full_name as name'];\nquery = query.select(columns);\nconst rows = await query;\nuse(rows.map((row) => row.name));\n",
  ],
  [
    'gives every column',
    "const query = db('users');\nif (x) query.where('name', x);\nquery.leftJoin('orders as o', 'o.user_id', 'users.id').where('o.total', 1);\nconst rows = await query;\nuse(rows[0].name);\n",
    "const query = db('users');\nif (x) query.where('full_name', x);\nquery.leftJoin('orders as o', 'o.user_id', 'users.id').where('o.total', 1);\nconst rows = await query;\nuse(rows[0].full_name);\n",
  ],
  [
    'is on another table',
    "const query = db('products');\nif (x) query.where('name', x);\nconst rows = await query;\nuse(rows[0].name);\n",
    "const query = db('products');\nif (x) query.where('name', x);\nconst rows = await query;\nuse(rows[0].name);\n",
  ],
])('a query that a variable holds, and that %s', async (_, text, wanted) => {
  expect((await lookAt(text, { needs })).final).toBe(wanted);
});

it('what a query with a written type writes has no patch', async () => {
  const text = "interface Row { name: string }\nawait db<Row>('users').where({ id }).update({ name: 'x' });\n";
  expect(await lookAt(text, { needs })).toMatchObject({ said: ['knex name'], final: text });
});

it('a client of Knex may be a member of any name that says so', async () => {
  const text =
    "await stores.rawDatabase('users').insert({ name: f() });\nawait store.collection('users').where('name', x);\n";
  expect((await lookAt(text, { needs })).final).toBe(text.replace('name:', 'full_name:'));
});
