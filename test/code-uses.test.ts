// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code that is looked at
import { expect, it } from 'vitest';
import type { NamedChange } from '#core/named-change';
import { look, lookAt, users } from './support/look-at-code.ts';

const table: NamedChange = { kind: 'rename-table', table: users, to: 'people' };
const drop: NamedChange = { kind: 'drop-column', table: users, column: 'name' };

const prismaSchema = `model User {
  id    Int     @id
  name  String? // shown
  posts Post[]
  @@map("users")
}

model Post {
  id     Int    @id
  name   String
  author User   @relation(fields: [id], references: [id])
}
`;

it('Prisma: the mapping alone is edited, and what goes through it is named', async () => {
  const client = `await prisma.user.findMany({ where: { name, posts: { some: { name: 'x' } } }, select: { id: true, name: true }, distinct: ['name'] });
await prisma.post.update({ where: { id }, data: { name: 'x', author: { update: { name: 'y' } } } });
await prisma.post.findMany({ where: { name } });
`;
  const found = await look({ 'prisma/schema.prisma': prismaSchema, 'src/a.ts': client });
  expect(found.edited.map(({ final }) => final)).toEqual([
    prismaSchema.replace('name  String? //', 'name  String? @map("full_name") //'),
  ]);
  expect(found.uses.map(({ path, line, kind }) => `${path}:${line} ${kind}`)).toEqual([
    'prisma/schema.prisma:3 prisma/field',
    'src/a.ts:1 prisma/client',
    'src/a.ts:1 prisma/client',
    'src/a.ts:1 prisma/client',
    'src/a.ts:2 prisma/client',
  ]);
  const mapped = await look({ 'schema.prisma': prismaSchema.replace('name  String?', 'label String? @map("name")') });
  expect(mapped.edited[0]?.final).toContain('label String? @map("full_name")');
  expect((await look({ 'schema.prisma': prismaSchema }, [table])).edited[0]?.final).toContain('@@map("people")');
});

it('Drizzle: the mapping alone is edited, and uses by symbol are named', async () => {
  const schema = `import { pgTable, text, integer } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: integer('id').primaryKey(), label: text('name').notNull() });
export const products = pgTable('products', { name: text('name') });
`;
  const client = `import { users as u, products } from './schema';
await db.select({ label: u.label }).from(u).where(eq(u.label, products.name));
await db.insert(u).values({ label: 'x' });
`;
  const found = await look({ 'src/schema.ts': schema, 'src/a.ts': client });
  expect(found.edited.map(({ final }) => final)).toEqual([
    schema.replace("label: text('name')", "label: text('full_name')"),
  ]);
  expect(found.uses.map(({ path, line, kind }) => `${path}:${line} ${kind}`)).toEqual([
    'src/a.ts:2 drizzle/use',
    'src/a.ts:2 drizzle/use',
    'src/a.ts:3 drizzle/use',
    'src/schema.ts:2 drizzle/column',
  ]);
  const unnamed = `import { pgTable } from 'drizzle-orm/pg-core';\nexport const users = pgTable('users', (t) => ({ name: t.varchar({ length: 9 }).notNull() }));\n`;
  expect((await lookAt(unnamed)).final).toContain("name: t.varchar('full_name', { length: 9 }).notNull()");
  expect((await lookAt(schema, { changes: [table] })).final).toContain("pgTable('people', { id");
});

it.each([
  [
    "db.selectFrom('users').select(['id', 'name']).where('name', '=', x).execute();",
    "db.selectFrom('users').select(['id', 'full_name as name']).where('full_name', '=', x).execute();",
    undefined,
  ],
  [
    "db.selectFrom('users as u').innerJoin('orders as o', 'o.user_id', 'u.id').select('u.name as n').orderBy('u.name').execute();",
    "db.selectFrom('users as u').innerJoin('orders as o', 'o.user_id', 'u.id').select('u.full_name as n').orderBy('u.full_name').execute();",
    undefined,
  ],
  [
    "db.selectFrom('products').select('name').where('name', '=', x).execute();",
    "db.selectFrom('products').select('name').where('name', '=', x).execute();",
    undefined,
  ],
  [
    "db.updateTable('users').set({ name }).where('id', '=', id).execute();",
    "db.updateTable('users').set({ full_name: name }).where('id', '=', id).execute();",
    "db.updateTable('users').set({ name, full_name: name }).where('id', '=', id).execute();",
  ],
  [
    "db.insertInto('users').values({ name: user.name }).returning('name').execute();",
    "db.insertInto('users').values({ full_name: user.name }).returning('full_name as name').execute();",
    "db.insertInto('users').values({ name: user.name, full_name: user.name }).returning('full_name as name').execute();",
  ],
  [
    "db.insertInto('users').values({ name: f() }).onConflict((oc) => oc.column('name').doUpdateSet({ name: (eb) => eb.ref('excluded.name') })).execute();",
    "db.insertInto('users').values({ full_name: f() }).onConflict((oc) => oc.column('full_name').doUpdateSet({ full_name: (eb) => eb.ref('excluded.full_name') })).execute();",
    undefined,
  ],
  [
    "db.selectFrom('users').selectAll().where((eb) => eb.or([eb('name', '=', x), eb('email', 'is', null)])).execute();",
    "db.selectFrom('users').selectAll().where((eb) => eb.or([eb('full_name', '=', x), eb('email', 'is', null)])).execute();",
    undefined,
  ],
  [
    "const user = await db.selectFrom('users').selectAll().executeTakeFirst();\nuse(user.name);",
    "const user = await db.selectFrom('users').selectAll().executeTakeFirst();\nuse(user.full_name);",
    undefined,
  ],
])('Kysely: %s', async (text, final, first) => {
  expect(await lookAt(text, { needs: ['kysely'] })).toMatchObject({ final, first: first ?? final });
});

it('Kysely: interfaces of tables, and names in camel case', async () => {
  const types =
    'interface UsersTable {\n  id: number;\n  name: string | null;\n}\ninterface ProductsTable {\n  name: string;\n}\ninterface Database {\n  users: UsersTable;\n  products: ProductsTable;\n}\nconst db = new Kysely<Database>({});\n';
  const { first, final } = await lookAt(types, { needs: ['kysely'] });
  expect(first).toBe(types.replace('  name: string | null;', '  name: string | null;\n  full_name: string | null;'));
  expect(final).toBe(types.replace('  name: string | null;', '  full_name: string | null;'));
  const camel: NamedChange = { kind: 'rename-column', table: users, column: 'first_name', to: 'given_name' };
  const text =
    "new CamelCasePlugin();\ndb.selectFrom('users').select('firstName').where('users.firstName', '=', x).execute();\n";
  expect((await lookAt(text, { needs: ['kysely'], changes: [camel] })).final).toBe(
    "new CamelCasePlugin();\ndb.selectFrom('users').select('givenName as firstName').where('users.givenName', '=', x).execute();\n",
  );
});

it.each([
  ['name: string;', "name: string; full_name: import('kysely').Generated<string>;"],
  ['name: string | null', 'name: string | null; full_name: string | null'],
  ['name: Generated<string>;', 'name: Generated<string>; full_name: Generated<string>;'],
  [
    'name: ColumnType<Date, string>;',
    'name: ColumnType<Date, string>; full_name: ColumnType<Date, string | undefined, Date>;',
  ],
  [
    'name: Json;',
    "name: Json; full_name: import('kysely').ColumnType<import('kysely').SelectType<Json>, import('kysely').InsertType<Json> | undefined, import('kysely').UpdateType<Json>>;",
  ],
  ["name: 'a' | 'b'[];", "name: 'a' | 'b'[]; full_name: import('kysely').Generated<'a' | 'b'[]>;"],
])('Kysely: an insert may leave out the column that the first deployment adds: %s', async (before, after) => {
  const text = `interface UsersTable { ${before} }\ninterface Database { users: UsersTable }\nconst db = new Kysely<Database>({});\n`;
  expect((await lookAt(text, { needs: ['kysely'] })).first).toBe(text.replace(before, after));
});

it.each([
  [
    "knex('users').where({ name }).select('name');",
    "knex('users').where({ full_name: name }).select('full_name as name');",
    undefined,
  ],
  [
    "db('users').where('name', 'like', x).orderBy('name').pluck('name');",
    "db('users').where('full_name', 'like', x).orderBy('full_name').pluck('full_name');",
    undefined,
  ],
  [
    "knex('users').insert({ name, email }).returning(['id', 'name']);",
    "knex('users').insert({ full_name: name, email }).returning(['id', 'full_name as name']);",
    "knex('users').insert({ name, full_name: name, email }).returning(['id', 'full_name as name']);",
  ],
  [
    "knex('users').where({ id }).update({ name: body.name });",
    "knex('users').where({ id }).update({ full_name: body.name });",
    "knex('users').where({ id }).update({ name: body.name, full_name: body.name });",
  ],
  [
    "knex.select('o.id', 'u.name').from('orders as o').join('users as u', 'u.id', 'o.user_id').where('u.name', x);",
    "knex.select('o.id', 'u.full_name as name').from('orders as o').join('users as u', 'u.id', 'o.user_id').where('u.full_name', x);",
    undefined,
  ],
  [
    "knex('users').where(function () { this.where('name', x).orWhere({ name: y }); });",
    "knex('users').where(function () { this.where('full_name', x).orWhere({ full_name: y }); });",
    undefined,
  ],
  [
    "const user = await knex('users').where({ id }).first();\nuse(user.name);",
    "const user = await knex('users').where({ id }).first();\nuse(user.full_name);",
    undefined,
  ],
  [
    "knex.raw('SELECT name FROM users WHERE name = ?', [x]);",
    "knex.raw('SELECT full_name AS name FROM users WHERE full_name = ?', [x]);",
    undefined,
  ],
  ["knex('products').where({ name }).select('name');", "knex('products').where({ name }).select('name');", undefined],
  [
    "const T = { users: 'users' };\nconst COLUMNS = ['id', 'name'];\nthis.db(T.users).select(COLUMNS).where(`${T.users}.name`, x);",
    "const T = { users: 'users' };\nconst COLUMNS = ['id', 'full_name as name'];\nthis.db(T.users).select(COLUMNS).where(`${T.users}.full_name`, x);",
    undefined,
  ],
  ["list.from('users').map('name');", "list.from('users').map('name');", undefined],
])('Knex: %s', async (text, final, first) => {
  expect(await lookAt(text, { needs: ['knex'] })).toMatchObject({ final, first: first ?? final });
});

it('Knex: what is written elsewhere is possible; migrations are history', async () => {
  expect((await lookAt("knex('users').insert(user);", { needs: ['knex'] })).said).toEqual(['knex? user']);
  expect((await lookAt("knex('users').where({ name });", { needs: ['knex'], path: 'migrations/1.js' })).said).toEqual(
    [],
  );
});

it.each([
  ['@Column() name: string;', "@Column({ name: 'full_name' }) name: string;"],
  ["@Column('text') name: string;", "@Column('text', { name: 'full_name' }) name: string;"],
  ['@Column({ nullable: true }) name: string;', "@Column({ name: 'full_name', nullable: true }) name: string;"],
  ["@Column({ name: 'name' }) label: string;", "@Column({ name: 'full_name' }) label: string;"],
  ["@Column({ name: 'label' }) name: string;", "@Column({ name: 'label' }) name: string;"],
])('TypeORM: %s', async (column, wanted) => {
  const entity = (text: string) =>
    `@Entity('users')\nclass User {\n  ${text}\n}\n@Entity()\nclass Product {\n  @Column() name: string;\n}\n`;
  expect((await lookAt(entity(column), { needs: ['typeorm'] })).final).toBe(entity(wanted));
});

it('a table that is renamed, and a column that is dropped', async () => {
  expect(
    (
      await lookAt("knex('users as u').select('u.id');\nknex.raw('SELECT id FROM users');", {
        needs: ['knex'],
        changes: [table],
      })
    ).final,
  ).toBe("knex('people as u').select('u.id');\nknex.raw('SELECT id FROM people');");
  const dropped = await lookAt("knex('users').where({ name });\nq('SELECT name FROM users');", {
    needs: ['knex'],
    changes: [drop],
  });
  expect(dropped.said).toEqual(["knex? knex('users')", 'knex name', 'sql name']);
  expect(dropped.final).toBe("knex('users').where({ name });\nq('SELECT name FROM users');");
});
