// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code that is looked at
import { expect, it } from 'vitest';
import type { NamedChange } from '#core/named-change';
import { type Files, lookAcross } from './support/look-across.ts';
import { users } from './support/look-at-code.ts';

const schema = `import { pgTable, text, integer } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: integer('id').primaryKey(), label: text('name').notNull() });
export const products = pgTable('products', { id: integer('id'), name: text('name') });
`;
const head = "import { sql } from 'drizzle-orm';\nimport { users, products } from './schema';\n";
const table: NamedChange = { kind: 'rename-table', table: users, to: 'people' };

async function after(files: Files, changes?: readonly NamedChange[]) {
  const { said, final } = await lookAcross(files, changes, ['drizzle-orm']);
  return { final, said: said.map(({ kind }) => kind) };
}

it.each([
  'db.execute(sql`select §name from users where §name = ${x}`);',
  'db.select({ id: users.id }).from(users).where(sql`lower(§name) = ${x}`);',
  'db.select({ id: users.id }).from(users).where(sql`§name = ${x}`);',
  'db.select({ id: users.id }).from(users).orderBy(sql`§name desc`);',
  'db.select({ n: sql<string>`upper(§name)` }).from(users);',
  "db.select({ id: users.id }).from(users).orderBy(sql.raw('§name'));",
  "db.select({ id: users.id }).from(users).orderBy(sql.identifier('§name'));",
  'db.update(users).set({ label: sql`upper(§name)` });',
  'db.insert(users).values(rows).onConflictDoUpdate({ target: users.id, set: { label: sql`excluded.§name` } });',
  'db.insert(users).values(rows).onConflictDoUpdate({ target: users.id, set: { label: sql.raw("excluded.§name") } });',
  'db.select({ id: users.id }).from(users).leftJoin(products, sql`users.§name = products.name`);',
  "export const t = pgTable('users', { label: text('§name') }, (t) => [index('i').on(sql`lower(§name)`)]);",
  "export const t = pgTable('users', { label: text('§name') }, (t) => [check('c', sql`§name <> ''`)]);",
  "export const t = pgTable('users', { label: text('§name') }, (t) => [check('c', sql`length(§name) > 1`)]);",
  "export const t = pgTable('users', { label: text('§name') }, (t) => [uniqueIndex('i').on(t.label).where(sql`§name is not null`)]);",
  "export const t = pgTable('users', { id: integer('id'), low: text('low').generatedAlwaysAs(sql`lower(§name)`) });",
  "export const t = pgTable('users', { id: integer('id') }, () => [pgPolicy('p', { using: sql`§name = current_user` })]);",
  "export const v = pgView('v', { label: text('name') }).as(sql`select §name from users`);",
  "export const t = pgTable('users', () => ({ label: text('§name') }));",
  "export const t = pgTable('users', function (c) { return { label: c.text('§name') }; });",
  "const shared = { label: text('§name') };\nexport const t = pgTable('users', { ...shared, id: integer('id') });",
  "const shared = () => ({ label: text('§name') });\nexport const t = pgTable('users', { ...shared(), id: integer('id') });",
  "const NAME = '§name';\nexport const t = pgTable('users', { label: text(NAME) });",
  "const table = pgTableCreator((name) => `us${name}`);\nexport const t = table('ers', { label: text('§name') });",
  'const { rows } = await db.execute(sql`select * from users`);\nuse(rows[0].§name);',
  'const { rows } = await db.execute(sql`select * from ${users}`);\nuse(rows[0].§name);',
  "db.execute(sql`insert into ${users} (id, §name) values (9, 'x')`);",
  "db.execute(sql`update ${users} set §name = 'x' where ${users.id} = 1`);",
  'db.execute(sql`select u.§name from ${users} u where u.§name = ${x}`);',
  "db.execute(sql`select id from users ${sql`where §name = 'x'`}`);",
  "const where = sql`§name = 'x'`;\ndb.execute(sql`select id from users where ${where}`);",
  "db.execute(sql`select id from users order by ${sql.raw('§name desc')}`);",
  "db.query.users.findFirst({ where: sql`§name = 'x'` });",
  'db.query.users.findMany({ columns: { id: true }, orderBy: sql`§name desc` });',
  "db.query.users.findMany({ extras: (t, { sql: s }) => ({ loud: s`upper(§name)`.as('loud') }) });",
  "db.$count(users, sql`§name = 'x'`);",
  "export const t = pgTable('users', { label: text('§name') } as const);",
  "export const t = pgTable('users', { label: text('§name') } satisfies object);",
  "const columns = { label: text('§name') };\nexport const t = pgTable('users', columns);",
  "const columns = () => ({ label: text('§name') });\nexport const t = pgTable('users', columns());",
  "const label = text('§name').notNull();\nexport const t = pgTable('users', { label });",
  "const column = text('§name');\nexport const t = pgTable('users', { label: column });",
  "const column = () => text('§name').notNull();\nexport const t = pgTable('users', { label: column() });",
  "const create = pgTableCreator((name) => name);\nexport const t = create('users', { label: text('§name') });",
  "const create = pgTableCreator((name) => 'us' + name);\nexport const t = create('ers', { label: text('§name') });",
  "const create = pgTableCreator((name) => { return `us${name}`; });\nexport const t = create('ers', { label: text('§name') });",
  "import { pgTable as make } from 'drizzle-orm/pg-core';\nexport const t = make('users', { label: text('§name') });",
  "export const t = pgSchema('public').table('users', { label: text('§name') });",
])('Drizzle: %s', async (marked) => {
  const text = `${head}${marked}\n`;
  const { final } = await after({ 'schema.ts': schema, 'a.ts': text.replaceAll('§', '') });
  expect(final['a.ts']?.replaceAll('full_name AS name', 'full_name')).toBe(text.replaceAll('§name', 'full_name'));
});

it.each([
  'db.select().from(users).where(sql`${users}.name = ${x}`);',
  "db.select().from(alias(users, 'u')).where(sql`u.name = ${x}`);",
  'db.select().from(elsewhere).where(sql`lower(name) = ${x}`);',
  'const byName = sql`name = ${x}`;',
  "const column = sql.identifier('name');",
])('Drizzle: a text of which the table is not known is possible: %s', async (text) => {
  const files = { 'schema.ts': schema, 'a.ts': `${head}${text}\n` };
  const { said, final } = await after(files);
  expect(said.filter((one) => one.startsWith('a.ts'))).not.toEqual([]);
  expect(said.filter((one) => one.startsWith('a.ts') && !one.endsWith('?'))).toEqual([]);
  expect(final['a.ts']).toBe(files['a.ts']);
});

it.each([
  'db.select({ id: products.id }).from(products).where(sql`lower(name) = ${x}`);',
  'db.select({ id: products.id }).from(products).orderBy(sql`name desc`);',
  "export const t = pgTable('products', { label: text('name') }, (t) => [check('c', sql`length(name) > 1`)]);",
  'db.select({ id: products.id }).from(products).where(eq(products.name, x));',
])('Drizzle: a column of another table is none: %s', async (text) => {
  const files = { 'schema.ts': schema, 'a.ts': `${head}${text}\n` };
  const { said, final } = await after(files);
  expect(said.filter((one) => one.startsWith('a.ts') && !one.includes('sql/part?'))).toEqual([]);
  expect(final['a.ts']).toBe(files['a.ts']);
});

it.each([
  'db.select({ n: users.label }).from(users).where(eq(users.label, x));',
  "db.insert(users).values({ label: 'x' }).onConflictDoUpdate({ target: users.label, set: { label: 'y' } });",
  'db.query.users.findMany({ columns: { label: true } });',
  'db.select({ id: users.id }).from(users).where(sql`lower(${users.label}) = ${x}`);',
])('Drizzle: what goes through the mapping is named, and needs no edit: %s', async (text) => {
  const files = { 'schema.ts': schema, 'a.ts': `${head}${text}\n` };
  const { said, final } = await after(files);
  expect(said.filter((one) => one === 'a.ts:3 drizzle/use')).not.toEqual([]);
  expect(final['a.ts']).toBe(files['a.ts']);
});

it('Drizzle: columns that several tables share, and names that are composed, have no patch', async () => {
  const shared =
    "import { pgTable, text } from 'drizzle-orm/pg-core';\nconst named = { label: text('name') };\nexport const u = pgTable('users', { ...named });\nexport const p = pgTable('products', { ...named });\n";
  expect(await after({ 'a.ts': shared })).toEqual({ final: { 'a.ts': shared }, said: ['a.ts:2 drizzle/column-'] });
  const composed =
    "import { pgTableCreator } from 'drizzle-orm/pg-core';\nconst table = pgTableCreator((name) => `us${name}`);\nexport const t = table('ers', { id: integer('id') });\n";
  expect((await after({ 'a.ts': composed }, [table])).said).toEqual(['a.ts:3 drizzle/table-']);
  const other =
    "const table = pgTableCreator((name) => `app_${name}`);\nexport const t = table('users', { label: text('name') });\n";
  expect((await after({ 'a.ts': other })).said).toEqual([]);
});

it('Drizzle: a table and a column that are named in another file', async () => {
  const files = {
    'names.ts': "export const NAMES = { users: 'users', name: 'name' } as const;\n",
    'schema.ts':
      "import { NAMES } from './names';\nexport const users = pgTable(NAMES.users, { label: text(NAMES.name) });\n",
  };
  expect((await after(files)).final['names.ts']).toBe(files['names.ts'].replace("name: 'name'", "name: 'full_name'"));
  expect((await after(files, [table])).final['names.ts']).toBe(files['names.ts'].replace("'users'", "'people'"));
});

it('Drizzle: what a statement gives by a column of a table keeps its name', async () => {
  const files = {
    'schema.ts': schema,
    'a.ts': `${head}db.execute(sql\`select ${'${users.id}'}, ${'${users.label}'} from ${'${users}'}\`);\n`,
  };
  expect((await after(files)).final['a.ts']).toContain('${users.label} AS "name" from');
  const kept = {
    'schema.ts': schema,
    'a.ts': `${head}db.execute(sql\`select id from users order by ${'${users.label}'}\`);\n`,
  };
  expect((await after(kept)).final['a.ts']).toBe(kept['a.ts']);
});

it.each([
  ["export const v = pgView('v').as((qb) => qb.select({ label: users.label }).from(users));", 'drizzle/view-'],
  ["export const v = pgMaterializedView('v').as((qb) => qb.select().from(users));", 'drizzle/view-'],
  ["const w = db.$with('w', { label: users.label }).as(sql`select name from users`);", 'sql-'],
])(
  'Drizzle: what another mapping than that of the table would ask by the new name has no patch: %s',
  async (text, kind) => {
    const files = { 'schema.ts': schema, 'a.ts': `${head}${text}\n` };
    const { said, final } = await after(files);
    expect(said).toContain(`a.ts:3 ${kind}`);
    expect(final['a.ts']).toBe(files['a.ts']);
  },
);
