import { expect, it } from 'vitest';
import { type Files, lookAcross } from './support/look-across.ts';

async function after(files: Files) {
  const { said, ...found } = await lookAcross(files);
  return { ...found, said: said.map(({ place }) => place) };
}

/** Files with what becomes of some of them. */
function becoming(files: Files, edits: Files): Files {
  return { ...files, ...edits };
}

it.each<[string, Files]>([
  [
    'its type',
    {
      'a.ts':
        "import type { Knex } from 'knex';\nexport const f = (q: Knex) => q('users').where('name', x).pluck('id');\n",
    },
  ],
  [
    'an alias of its type in another file',
    {
      'types.ts': "import type { Knex } from 'knex';\nexport type Client = Knex | Knex.Transaction;\n",
      'a.ts':
        "import type { Client } from './types';\nclass Users {\n  constructor(private readonly q: Client) {}\n  all() { return this.q('users').where('name', x).pluck('id'); }\n}\n",
    },
  ],
  [
    'an interface of another file that has it',
    {
      'deps.ts': "import type { Knex } from 'knex';\nexport interface Deps { q: Knex }\n",
      'a.ts':
        "import type { Deps } from './deps';\nexport const f = ({ q }: Deps) => q('users').where('name', x).pluck('id');\nexport const g = (deps: Deps) => deps.q('users').where('name', x).pluck('id');\n",
    },
  ],
  [
    'a comment',
    {
      'a.js':
        "class Users {\n  /** @param {import('knex').Knex} q */\n  constructor(q) { this.q = q; }\n  all() { return this.q('users').where('name', x).pluck('id'); }\n}\n",
    },
  ],
  [
    'the file that makes it',
    {
      'client.ts': "import make from 'knex';\nexport const q = make({ client: 'pg' });\n",
      'a.ts': "import { q } from './client';\nq('users').where('name', x).pluck('id');\n",
    },
  ],
  [
    'the file that makes it, in CommonJS',
    {
      'client.js': "module.exports = require('knex')({ client: 'pg' });\n",
      'a.js': "const q = require('./client');\nq('users').where('name', x).pluck('id');\n",
    },
  ],
  [
    'every call of the function',
    {
      'users.ts': "export function all(q) { return q('users').where('name', x).pluck('id'); }\n",
      'a.ts':
        "import { all } from './users';\nimport { knex } from './knex';\nall(knex);\nconst trx = await knex.transaction();\nall(trx);\n",
    },
  ],
  [
    'a field that is set to it',
    {
      'a.ts':
        "import type { Knex } from 'knex';\nclass Users {\n  private q;\n  constructor(given: Knex) { this.q = given; }\n  all() { return this.q('users').where('name', x).pluck('id'); }\n}\n",
    },
  ],
])('a client of Knex is known by %s', async (_, files) => {
  const { said, final } = await after(files);
  expect(said.filter((one) => one.endsWith('?'))).toEqual([]);
  expect(final).toEqual(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replaceAll("'name'", "'full_name'")])),
  );
});

it.each<[string, Files]>([
  [
    'a call gives it something else',
    {
      'users.ts': "export function all(q) { return q('users').where('name', x).pluck('id'); }\n",
      'a.ts': "import { all } from './users';\nimport { knex } from './knex';\nall(knex);\nall(store);\n",
    },
  ],
  [
    'its type is no client',
    {
      'a.ts':
        "import type { Knex } from 'knex';\nexport const f = (q: Knex.Config) => q('users').where('name', x).pluck('id');\n",
    },
  ],
  [
    'its type is of another package',
    {
      'a.ts':
        "import type { Store } from 'store';\nexport const f = (q: Store) => q('users').where('name', x).pluck('id');\n",
    },
  ],
])('a client of Knex is only possible where %s', async (_, files) => {
  const { said, final } = await after(files);
  expect(said.every((one) => one.endsWith('?'))).toBe(true);
  expect(said).not.toEqual([]);
  expect(final).toEqual(files);
});

it.each<[string, Files, Files]>([
  [
    'a function that fetches them',
    {
      'users.ts': "export async function allUsers() { return (await db.query('SELECT * FROM users')).rows; }\n",
      'a.ts':
        "import { allUsers } from './users';\nconst rows = await allUsers();\nuse(rows.map(({ name }) => name), rows[0].name);\n",
    },
    {
      'a.ts':
        "import { allUsers } from './users';\nconst rows = await allUsers();\nuse(rows.map(({ full_name: name }) => name), rows[0].full_name);\n",
    },
  ],
  [
    'an index, and one file more',
    {
      'db/users.ts': "export const allUsers = () => db.query('SELECT * FROM users');\n",
      'db/index.ts': "export * as queries from './users';\nexport * from './users';\n",
      'service.ts':
        "import { allUsers as all } from './db';\nexport const listUsers = async () => (await all()).rows;\n",
      'a.ts': "import * as service from './service';\nfor (const user of await service.listUsers()) use(user.name);\n",
    },
    {
      'a.ts':
        "import * as service from './service';\nfor (const user of await service.listUsers()) use(user.full_name);\n",
    },
  ],
  [
    'a function that reads them',
    {
      'map.js': 'exports.toUser = (row) => ({ label: row.name });\n',
      'a.js': "const { toUser } = require('./map');\nuse((await db('users')).map(toUser));\n",
    },
    { 'map.js': 'exports.toUser = (row) => ({ label: row.full_name });\n' },
  ],
  [
    'a text that is in another file',
    {
      'queries.ts': "export const ALL = 'SELECT * FROM users';\n",
      'a.ts': "import { ALL } from './queries';\nconst { rows } = await pool.query(ALL);\nuse(rows[0].name);\n",
    },
    { 'a.ts': "import { ALL } from './queries';\nconst { rows } = await pool.query(ALL);\nuse(rows[0].full_name);\n" },
  ],
  [
    'a function that makes what is written',
    {
      'row.ts': 'export const toRow = (user) => ({ name: user.label });\n',
      'a.ts': "import { toRow } from './row';\nawait db('users').insert(toRow(user));\n",
    },
    { 'row.ts': 'export const toRow = (user) => ({ full_name: user.label });\n' },
  ],
  [
    'a type of another file that does not name the column',
    {
      'row.ts': 'export interface Row { id: string }\n',
      'a.ts':
        "import type { Row } from './row';\nconst rows = await db<Row>('users').where({ id });\nuse(rows[0].name);\n",
    },
    {
      'a.ts':
        "import type { Row } from './row';\nconst rows = await db<Row>('users').where({ id });\nuse(rows[0].full_name);\n",
    },
  ],
])('rows go through %s', async (_, files, edits) => {
  expect((await after(files)).final).toEqual(becoming(files, edits));
});

it.each<[string, Files, readonly string[]]>([
  [
    'another caller of the function has other rows',
    {
      'a.ts': "import { toUser } from './map';\nuse((await db('users')).map(toUser));\n",
      'b.ts': "import { toUser } from './map';\nuse(toUser(body));\n",
      'map.ts': 'export const toUser = (row) => ({ label: row.name });\n',
    },
    ['a.ts:2?', 'map.ts:1-'],
  ],
  [
    'a package gives the function to others',
    {
      'index.ts': "export { toUser } from './map';\n",
      'map.ts': "export function toUser(row) { return row.name; }\nuse((await db('users')).map(toUser));\n",
      'package.json': '{"name":"x","main":"index.ts","dependencies":{"knex":"3"}}',
    },
    ['map.ts:1-', 'map.ts:2?'],
  ],
  [
    'a method of a class in another file gives them',
    {
      'a.ts': "import { users } from './users';\nuse((await users.all()).rows[0].name);\n",
      'users.ts':
        "class Users { all() { return db.query('SELECT * FROM users'); } }\nexport const users = new Users();\n",
    },
    ['a.ts:2', 'users.ts:1?'],
  ],
  [
    'the function is loaded at run time',
    {
      'a.ts': "const { all } = await import('./users');\nuse((await all())[0].name);\n",
      'users.ts': "export const all = () => db('users');\n",
    },
    ['users.ts:1?'],
  ],
])('rows across files: %s', async (_, files, said) => {
  expect((await after(files)).said).toEqual(said);
});
