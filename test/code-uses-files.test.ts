// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code that is looked at
import { expect, it } from 'vitest';
import type { NamedChange } from '#core/named-change';
import { type Files, lookAcross } from './support/look-across.ts';
import { users } from './support/look-at-code.ts';

const table: NamedChange = { kind: 'rename-table', table: users, to: 'people' };

async function after(files: Files, changes?: readonly NamedChange[]) {
  const { said, ...found } = await lookAcross(files, changes);
  return { ...found, said: said.map(({ place }) => place) };
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
