// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code that is looked at
import { expect, it } from 'vitest';
import { look } from './support/look-at-code.ts';

const model = `model User {
  id    Int     @id
  name  String?
  email String  @unique
  posts Post[]
  @@unique([name, email], map: "name_email")
  @@index([name(sort: Desc)])
  @@map("users")
}
`;
const posts = `model Post {
  id     Int    @id
  label  String
  author User   @relation(fields: [label], references: [name])
}
`;

async function after(files: Readonly<Record<string, string>>) {
  const { uses, edited } = await look(files);
  return {
    final: { ...files, ...Object.fromEntries(edited.map(({ path, final }) => [path, final])) },
    said: uses.map(({ path, line, kind, doubt }) => `${path}:${line} ${kind}${doubt === undefined ? '' : '?'}`),
  };
}

it('Prisma: what names a field in a schema goes through its mapping, in several files too', async () => {
  const files = { 'prisma/schema/user.prisma': model, 'prisma/schema/post.prisma': posts };
  const { final } = await after(files);
  expect(final).toEqual({
    ...files,
    'prisma/schema/user.prisma': model.replace('name  String?', 'name  String? @map("full_name")'),
  });
});

it.each([
  ['a composite key', 'model User {\n  id   Int\n  name String\n  @@id([id, name])\n  @@map("users")\n}\n'],
  ['a schema of its own', 'model User {\n  id   Int @id\n  name String\n  @@map("users")\n  @@schema("public")\n}\n'],
  ['a view', 'view User {\n  id   Int @unique\n  name String\n  @@map("users")\n}\n'],
  [
    'attributes',
    'model User {\n  id   Int @id\n  name String @unique(map: "n") @default("x") @db.VarChar(9) // shown\n  @@map("users")\n}\n',
  ],
])('Prisma: the field is mapped in a model with %s', async (_, text) => {
  const { final } = await after({ 'schema.prisma': text });
  expect(final['schema.prisma']).toMatch(/name String[^\n]*@map\("full_name"\)|name String @map\("full_name"\)/);
});

it('Prisma: a model of another schema is none', async () => {
  const text = 'model User {\n  id   Int @id\n  name String\n  @@map("users")\n  @@schema("audit")\n}\n';
  expect((await after({ 'schema.prisma': text })).said).toEqual([]);
});

it.each([
  'await prisma.user.findUnique({ where: { name_email: { name, email } } });',
  "await prisma.user.groupBy({ by: ['name'], having: { name: { not: null } }, _max: { name: true } });",
  'await prisma.user.findMany({ omit: { name: true }, orderBy: [{ name: "asc" }], cursor: { name } });',
  "await prisma.user.upsert({ where: { id }, create: { name: 'x' }, update: { name: { set: 'y' } } });",
  "await prisma.user.findMany({ where: { OR: [{ name: { contains: 'x' } }, { NOT: { name: 'y' } }] } });",
  'await tx.user.createMany({ data: [{ name: "x" }] });',
])('Prisma: the client goes through the mapping: %s', async (text) => {
  const { said, final } = await after({ 'schema.prisma': model, 'a.ts': `${text}\n` });
  expect(said.filter((one) => one === 'a.ts:1 prisma/client')).not.toEqual([]);
  expect(final['a.ts']).toBe(`${text}\n`);
});

it.each([
  'await prisma.$queryRaw`SELECT §name FROM users WHERE §name = ${x}`;',
  'await prisma.$executeRaw`UPDATE users SET email = §name WHERE id = ${id}`;',
  "await prisma.$queryRawUnsafe('SELECT id FROM users WHERE §name = $1', x);",
  'await prisma.$executeRawUnsafe(`DELETE FROM users WHERE §name = $1`, x);',
  'await prisma.$queryRaw(Prisma.sql`SELECT id FROM users WHERE §name = ${x}`);',
  'const rows = await prisma.$queryRaw`SELECT * FROM users`;\nuse(rows[0].§name);',
  'await prisma.$queryRaw`SELECT id FROM users WHERE ${Prisma.sql`§name = ${x}`}`;',
  "const order = Prisma.raw('§name DESC');\nawait prisma.$queryRaw`SELECT id FROM users ORDER BY ${order}`;",
  "await prisma.$queryRaw`SELECT §name FROM ${Prisma.raw('users')} WHERE §name = ${x}`;",
  "const table = Prisma.raw('users');\nawait prisma.$queryRaw`SELECT id FROM ${table} WHERE §name = ${x}`;",
  "await prisma.$executeRaw`UPDATE users SET ${Prisma.raw('§name')} = ${x} WHERE id = 1`;",
])('Prisma: SQL past the client is edited: %s', async (marked) => {
  const { final } = await after({ 'schema.prisma': model, 'a.ts': `${marked.replaceAll('§', '')}\n` });
  expect(final['a.ts']?.replaceAll('full_name AS name', 'full_name')).toBe(
    `${marked.replaceAll('§name', 'full_name')}\n`,
  );
});

it.each([
  'const where = Prisma.sql`name = ${x}`;',
  'const where = Prisma.sql`WHERE lower(name) = ${x}`;',
  "await prisma.$queryRaw`SELECT id FROM users ${by ? Prisma.sql`WHERE name = 'x'` : Prisma.empty}`;",
  'await prisma.$queryRaw`SELECT ${Prisma.raw(Prisma.UserScalarFieldEnum.name)} FROM users`;',
  'await prisma.$queryRaw`SELECT name FROM ${Prisma.raw(`"${x}"`)}`;',
  "await prisma.$queryRawUnsafe('SELECT id FROM users ORDER BY ' + (x ? 'name' : 'id'));",
])('Prisma: a part of a statement is possible: %s', async (text) => {
  const { said, final } = await after({ 'schema.prisma': model, 'a.ts': `${text}\n` });
  const own = said.filter((one) => one.startsWith('a.ts'));
  expect(own).not.toEqual([]);
  expect(own.filter((one) => !one.endsWith('?'))).toEqual([]);
  expect(final['a.ts']).toBe(`${text}\n`);
});
