// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code that is looked at
import { expect, it } from 'vitest';
import type { NamedChange } from '#core/named-change';
import { look, users } from './support/look-at-code.ts';

const table: NamedChange = { kind: 'rename-table', table: users, to: 'people' };
const manifest = '{"dependencies":{"knex":"3","kysely":"1"}}';

type Files = Readonly<Record<string, string>>;

/** Each file after the last edit, and what is said of every use. */
async function after(files: Files, changes?: readonly NamedChange[]) {
  const { uses, edited } = await look({ 'package.json': manifest, ...files }, changes);
  return {
    final: { ...files, ...Object.fromEntries(edited.map(({ path, final }) => [path, final])) },
    said: uses.map(({ path, line, doubt, unedited }) => {
      const mark = doubt !== undefined ? '?' : unedited !== undefined ? '-' : '';
      return `${path}:${line}${mark}`;
    }),
    reasons: uses.flatMap(({ doubt, unedited }) => doubt ?? unedited ?? []),
  };
}

/** Files with what becomes of some of them. */
function becoming(files: Files, edits: Files): Files {
  return { ...files, ...edits };
}

it.each<[string, Files, Files, readonly NamedChange[] | undefined]>([
  [
    'a name that is exported',
    {
      'tables.ts': "export const USERS = 'users';\nexport const NAME = 'name';\n",
      'a.ts': "import { USERS, NAME } from './tables';\nknex(USERS).where(NAME, x).pluck('id');\n",
    },
    { 'tables.ts': "export const USERS = 'users';\nexport const NAME = 'full_name';\n" },
    undefined,
  ],
  [
    'a table under a name that several files use',
    {
      'tables.ts': "export const USERS = 'users';\n",
      'a.ts': "import { USERS } from './tables.js';\nknex(USERS).select('id');\n",
      'b.ts':
        "import * as T from './tables';\ndb.selectFrom(T.USERS).select('id').execute();\nq(`SELECT id FROM ${T.USERS} WHERE id = 1`);\n",
    },
    { 'tables.ts': "export const USERS = 'people';\n" },
    [table],
  ],
  [
    'members of a constant object',
    {
      'tables.ts':
        "export const T = { users: 'users', products: 'products' } as const;\nexport type Table = (typeof T)[keyof typeof T];\n",
      'a.ts':
        "import { T } from './tables';\nknex(T.users).select('id');\nknex(T.products).select('id');\nq(`SELECT id FROM ${T.users}`);\n",
    },
    {
      'tables.ts':
        "export const T = { users: 'people', products: 'products' } as const;\nexport type Table = (typeof T)[keyof typeof T];\n",
    },
    [table],
  ],
  [
    'an object of objects',
    {
      'schema.ts':
        "export const S = { users: { table: 'users', columns: { name: 'name' } }, products: { columns: { name: 'name' } } };\n",
      'a.ts': "import { S } from './schema';\nknex(S.users.table).where(S.users.columns.name, x).pluck('id');\n",
    },
    {
      'schema.ts':
        "export const S = { users: { table: 'users', columns: { name: 'full_name' } }, products: { columns: { name: 'name' } } };\n",
    },
    undefined,
  ],
  [
    'an enum of texts',
    {
      'tables.ts': "export enum Table { Users = 'users', Orders = 'orders' }\n",
      'a.ts': "import { Table } from './tables';\nknex(Table.Users).select('id');\nknex(Table.Orders).select('id');\n",
    },
    { 'tables.ts': "export enum Table { Users = 'people', Orders = 'orders' }\n" },
    [table],
  ],
  [
    'a default export',
    {
      'tables.ts': "export default { users: 'users' };\n",
      'a.ts': "import T from './tables';\nknex(T.users).select('id');\n",
    },
    { 'tables.ts': "export default { users: 'people' };\n" },
    [table],
  ],
  [
    'a default export of a name',
    {
      'table.ts': "const USERS = 'users';\nexport default USERS;\n",
      'a.ts': "import U from './table';\nknex(U).select('id');\n",
    },
    { 'table.ts': "const USERS = 'people';\nexport default USERS;\n" },
    [table],
  ],
  [
    'names that an index hands on',
    {
      'db/tables.ts': "export const USERS = 'users';\n",
      'db/index.ts': "export * from './tables';\n",
      'index.ts': "export { USERS as U } from './db';\n",
      'a.ts': "import { U } from '.';\nknex(U).select('id');\n",
      'b.ts': "import { USERS } from './db';\nknex(USERS).select('id');\n",
    },
    { 'db/tables.ts': "export const USERS = 'people';\n" },
    [table],
  ],
  [
    'CommonJS',
    {
      'tables.js': "const ORDERS = 'orders';\nmodule.exports = { USERS: 'users', ORDERS };\n",
      'a.js': "const { USERS } = require('./tables');\nknex(USERS).select('id');\n",
      'b.js': "const T = require('./tables');\nknex(T.USERS).select('id');\n",
    },
    { 'tables.js': "const ORDERS = 'orders';\nmodule.exports = { USERS: 'people', ORDERS };\n" },
    [table],
  ],
  [
    'a CommonJS module that is one object',
    {
      'tables.js': "const T = { users: 'users' };\nmodule.exports = T;\n",
      'a.js': "const T = require('./tables');\nknex(T.users).select('id');\n",
      'c.js': "exports.U = require('./tables').users;\n",
    },
    {},
    [{ ...table, to: 'people' }],
  ],
  [
    'an alias of the compiler',
    {
      'tsconfig.json': '{"compilerOptions":{"paths":{"@/*":["./src/*"]}}}',
      'src/tables.ts': "export const USERS = 'users';\n",
      'src/a/b.ts': "import { USERS } from '@/tables';\nknex(USERS).select('id');\n",
    },
    { 'src/tables.ts': "export const USERS = 'people';\n" },
    [table],
  ],
  [
    'a list of columns',
    {
      'columns.ts': "export const COLUMNS = ['id', 'name'];\n",
      'a.ts':
        "import { COLUMNS } from './columns';\nknex('users').select(COLUMNS);\nknex('users').first([...COLUMNS, 'email']);\n",
    },
    { 'columns.ts': "export const COLUMNS = ['id', 'full_name as name'];\n" },
    undefined,
  ],
  [
    'a column in SQL',
    {
      'columns.ts': "export const NAME = 'name';\n",
      'a.ts':
        "import { NAME } from './columns';\nq(`SELECT id FROM users WHERE ${NAME} = $1`, [x]);\nq(`SELECT id FROM users ORDER BY ${NAME}`);\n",
    },
    { 'columns.ts': "export const NAME = 'full_name';\n" },
    undefined,
  ],
  [
    'a name behind a name',
    {
      'base.ts': "export const users = 'users';\n",
      'tables.ts': "import { users } from './base';\nexport const T = { users, orders: 'orders' };\n",
      'a.ts': "import { T } from './tables';\nknex(T.users).select('id');\n",
    },
    { 'base.ts': "export const users = 'people';\n" },
    [table],
  ],
])('names come from another file: %s', async (_, files, edits, changes) => {
  expect((await after(files, changes)).final).toEqual(becoming(files, edits));
});

it.each<[string, Files, readonly string[], readonly NamedChange[] | undefined]>([
  [
    'another use of the name',
    {
      'tables.ts': "export const USERS = 'users';\n",
      'a.ts': "import { USERS } from './tables';\nknex(USERS).select('id');\n",
      'b.ts': "import { USERS } from './tables';\nroute(`/api/${USERS}`);\n",
    },
    ['tables.ts:1-'],
    [table],
  ],
  [
    'the same column name of another table',
    {
      'a.ts':
        "import { NAME } from './columns';\nknex('users').where(NAME, x).pluck('id');\nknex('products').where(NAME, x).pluck('id');\n",
      'columns.ts': "export const NAME = 'name';\n",
    },
    ['columns.ts:1-'],
    undefined,
  ],
  [
    'an object that goes somewhere as a whole',
    {
      'a.ts': "import { T } from './tables';\nknex(T.users).select('id');\nlog(Object.values(T));\n",
      'tables.ts': "export const T = { users: 'users' };\n",
    },
    ['tables.ts:1-'],
    [table],
  ],
  [
    'a name that is selected, and compared',
    {
      'a.ts': "import { NAME } from './columns';\nknex('users').select(NAME).where(NAME, x);\n",
      'columns.ts': "export const NAME = 'name';\n",
    },
    ['columns.ts:1-'],
    undefined,
  ],
  [
    'a name that is loaded at run time too',
    {
      'a.ts': "import { USERS } from './tables';\nknex(USERS).select('id');\n",
      'b.ts': "const { USERS } = await import('./tables');\nroute(USERS);\n",
      'tables.ts': "export const USERS = 'users';\n",
    },
    ['tables.ts:1-'],
    [table],
  ],
  [
    'a package that others may use',
    {
      'packages/db/a.ts': "import { USERS } from './tables';\nknex(USERS).select('id');\n",
      'packages/db/package.json': '{"name":"@x/db","main":"dist/a.js"}',
      'packages/db/tables.ts': "export const USERS = 'users';\n",
    },
    ['packages/db/tables.ts:1-'],
    [table],
  ],
  [
    'a name within one file that is used otherwise',
    { 'a.ts': "const USERS = 'users';\nknex(USERS).select('id');\nroute(USERS);\n" },
    ['a.ts:1-'],
    [table],
  ],
])('a name is certain, but without a patch, with %s', async (_, files, said, changes) => {
  const found = await after(files, changes);
  expect(found.said).toEqual(said);
  expect(found.final).toEqual(files);
  expect(found.reasons.every((reason) => reason.startsWith('No patch:'))).toBe(true);
});

it('the place that uses a name otherwise is named', async () => {
  const { reasons } = await after(
    {
      'tables.ts': "export const USERS = 'users';\n",
      'a.ts': "import { USERS } from './tables';\nknex(USERS).select('id');\n",
      'b.ts': "import { USERS } from './tables';\n\nroute(USERS);\n",
    },
    [table],
  );
  expect(reasons).toEqual([
    'No patch: it stands under a name that is used otherwise too, at b.ts:3. Change it by hand.',
  ]);
});

it.each<[string, Files]>([
  [
    'a name of another table',
    {
      'tables.ts': "export const T = 'products';\n",
      'a.ts': "import { T } from './tables';\nknex(T).where('name', x).pluck('id');\n",
    },
  ],
  [
    'a name that its file sets again',
    {
      'tables.ts': "export let T = 'users';\nT = pick();\n",
      'a.ts': "import { T } from './tables';\nknex(T).where('name', x).pluck('id');\n",
    },
  ],
  [
    'a name that hides the import',
    {
      'tables.ts': "export const T = 'users';\n",
      'a.ts':
        "import { T } from './tables';\nexport function f(T: string) { return knex(T).where('name', x).pluck('id'); }\n",
    },
  ],
  [
    'a member that a spread may have changed',
    {
      'tables.ts': "export const T = { users: 'users', ...more };\n",
      'a.ts': "import { T } from './tables';\nknex(T.users).where('name', x).pluck('id');\n",
    },
  ],
])('nothing is certain by %s', async (_, files) => {
  const { said, final } = await after(files);
  expect(said.filter((one) => !one.endsWith('?'))).toEqual([]);
  expect(final).toEqual(files);
});

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

it('a table that is renamed is renamed in front of its columns too', async () => {
  const files = {
    'tables.ts': "export const T = { users: 'users', orders: 'orders' };\n",
    'a.ts':
      "import { T } from './tables';\nknex(T.users).join(T.orders, `${T.orders}.user_id`, `${T.users}.id`).select(`${T.users}.id as n`);\n",
    'b.ts':
      "knex('users').where('users.id', 1).select('users.name', 'id').orderBy('users.id', 'desc');\nknex('users as u').select('u.id');\n",
  };
  expect((await after(files, [table])).final).toEqual({
    ...files,
    'tables.ts': "export const T = { users: 'people', orders: 'orders' };\n",
    'b.ts':
      "knex('people').where('people.id', 1).select('people.name', 'id').orderBy('people.id', 'desc');\nknex('users as u').select('u.id');\n".replace(
        "'users as u'",
        "'people as u'",
      ),
  });
});

it('a list that a function puts a table in front of keeps its patch', async () => {
  const files = {
    'a.ts':
      "const COLUMNS = ['id', 'name'];\nconst prefixed = () => COLUMNS.map((column) => `users.${column}`);\nknex('users').select(prefixed());\nknex('users').select(COLUMNS);\n",
  };
  const { final, said } = await after(files);
  expect(said).toEqual(['a.ts:1']);
  expect(final).toEqual({ 'a.ts': files['a.ts'].replace("'name'", "'full_name as name'") });
});
