// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code that is looked at
import { expect, it } from 'vitest';
import type { NamedChange } from '#core/named-change';
import { type Files, lookAcross } from './support/look-across.ts';
import { users } from './support/look-at-code.ts';

const table: NamedChange = { kind: 'rename-table', table: users, to: 'people' };
const camel: NamedChange = { kind: 'rename-column', table: users, column: 'first_name', to: 'given_name' };

async function after(files: Files, changes?: readonly NamedChange[]) {
  const { said, final } = await lookAcross(files, changes, ['typeorm']);
  return { final, said: said.map(({ kind }) => kind) };
}

const user = (members: string) => `@Entity('users')\nclass User {\n  ${members}\n}\n`;

it.each([
  [
    'a column of a base class',
    "abstract class Named {\n  @Column() name: string;\n}\n@Entity('users')\nclass User extends Named {}\n",
    "@Column({ name: 'full_name' }) name",
  ],
  [
    'a column of a child',
    "@Entity('users')\nclass User {}\n@ChildEntity()\nclass Admin extends User {\n  @Column() name: string;\n}\n",
    "@Column({ name: 'full_name' }) name",
  ],
  [
    'a foreign key',
    user("@ManyToOne(() => Team) @JoinColumn({ name: 'name' }) team: Team;"),
    "@JoinColumn({ name: 'full_name' })",
  ],
  [
    'one of several foreign keys',
    user(
      "@ManyToOne(() => Team) @JoinColumn([{ name: 'id' }, { name: 'name', referencedColumnName: 'name' }]) team: Team;",
    ),
    "{ name: 'full_name', referencedColumnName: 'name' }",
  ],
  [
    'what tells kinds apart',
    "@Entity('users')\n@TableInheritance({ column: { type: 'varchar', name: 'name' } })\nclass User {}\n",
    "name: 'full_name' } })",
  ],
  ['a check', "@Entity('users')\n@Check('name <> \\'\\'')\nclass User {}\n", "@Check('full_name <> "],
  [
    'a check with a name',
    "@Entity('users')\n@Check('named', 'length(\"name\") > 1')\nclass User {}\n",
    '\'length("full_name") > 1\'',
  ],
  [
    'the condition of an index',
    "@Entity('users')\n@Index(['id'], { where: 'name IS NOT NULL' })\nclass User {}\n",
    "where: 'full_name IS NOT NULL'",
  ],
  [
    'a generated column',
    user("@Column({ generatedType: 'STORED', asExpression: 'lower(name)' }) lower: string;"),
    "asExpression: 'lower(full_name)'",
  ],
  [
    'a schema',
    "export const User = new EntitySchema({ name: 'User', tableName: 'users', columns: { name: { type: String } } });\n",
    "name: { name: 'full_name', type: String }",
  ],
  [
    'a schema with a name of its own',
    "export const User = new EntitySchema({ name: 'User', tableName: 'users', columns: { label: { type: String, name: 'name' } } });\n",
    "name: 'full_name' } }",
  ],
  [
    'the foreign key of a schema',
    "export const User = new EntitySchema({ name: 'User', tableName: 'users', columns: {}, relations: { team: { type: 'many-to-one', joinColumn: { name: 'name' } } } });\n",
    "joinColumn: { name: 'full_name' }",
  ],
])('TypeORM: %s is edited where it is mapped', async (_, text, wanted) => {
  const { final } = await after({ 'a.ts': text });
  expect(final['a.ts']).toContain(wanted);
});

it('TypeORM: a base class in another file', async () => {
  const files = {
    'named.ts': 'export abstract class Named {\n  @Column() name: string;\n}\n',
    'user.ts': "import { Named } from './named';\n@Entity('users')\nexport class User extends Named {}\n",
  };
  expect((await after(files)).final['named.ts']).toContain("@Column({ name: 'full_name' })");
  const both = {
    ...files,
    'product.ts': "import { Named } from './named';\n@Entity('products')\nexport class Product extends Named {}\n",
  };
  expect(await after(both)).toEqual({ final: both, said: ['named.ts:2 typeorm/column-'] });
});

it.each([
  [
    'a prefix',
    "class Name {\n  @Column() name: string;\n}\n@Entity('users')\nclass User {\n  @Column(() => Name) first: Name;\n}\n",
    'firstName',
  ],
  [
    'a prefix of its own',
    "class Name {\n  @Column() name: string;\n}\n@Entity('users')\nclass User {\n  @Column(() => Name, { prefix: 'old' }) first: Name;\n}\n",
    'oldName',
  ],
  [
    'no prefix',
    "class Name {\n  @Column() name: string;\n}\n@Entity('users')\nclass User {\n  @Column(() => Name, { prefix: false }) first: Name;\n}\n",
    'name',
  ],
  [
    'a prefix that ends with a line',
    "class Name {\n  @Column() firstName: string;\n}\n@Entity('users')\nclass User {\n  @Column(() => Name, { prefix: 'old_' }) first: Name;\n}\n",
    'old_Firstname',
  ],
  [
    'a prefix and a name',
    "class Name {\n  @Column({ name: 'st_name' }) name: string;\n}\n@Entity('users')\nclass User {\n  @Column(() => Name) first: Name;\n}\n",
    'firstSt_name',
  ],
  [
    'another one around it',
    "class Name {\n  @Column() name: string;\n}\nclass Two {\n  @Column(() => Name) inner: Name;\n}\n@Entity('users')\nclass User {\n  @Column(() => Two) Outer: Two;\n}\n",
    'outerInnerName',
  ],
])('TypeORM: a column of an embedded class with %s is named, without a patch', async (_, text, column) => {
  const { said } = await after({ 'a.ts': text }, [{ kind: 'rename-column', table: users, column, to: 'other' }]);
  expect(said.filter((one) => one.includes('typeorm/column'))).toEqual(['a.ts:2 typeorm/column-']);
});

it('TypeORM: names as SnakeNamingStrategy makes them', async () => {
  const files = {
    'source.ts': 'new DataSource({ namingStrategy: new SnakeNamingStrategy() });\n',
    'a.ts': '@Entity("users")\nclass User {\n  @Column() firstName: string;\n}\n',
  };
  expect((await after(files, [camel])).final['a.ts']).toContain("@Column({ name: 'given_name' }) firstName");
  expect((await after({ 'a.ts': files['a.ts'] }, [camel])).said).toEqual([]);
});

it('TypeORM: tables of relations between many, and tables with a schema', async () => {
  const junction =
    "@Entity('teams')\nclass Team {\n  @ManyToMany(() => User) @JoinTable({ name: 'users', joinColumn: { name: 'id' }, inverseJoinColumn: { name: 'name' } }) users: User[];\n}\n";
  expect((await after({ 'a.ts': junction })).final['a.ts']).toContain("inverseJoinColumn: { name: 'full_name' }");
  expect((await after({ 'a.ts': junction }, [table])).final['a.ts']).toContain("@JoinTable({ name: 'people'");
  const other = "@Entity({ name: 'users', schema: 'audit' })\nclass User {\n  @Column() name: string;\n}\n";
  expect((await after({ 'a.ts': other })).said).toEqual([]);
  const schema = "new EntitySchema({ name: 'users', columns: {} });\n";
  expect((await after({ 'a.ts': schema }, [table])).final['a.ts']).toContain("{ tableName: 'people', name: 'users'");
});

it.each([
  "repo.createQueryBuilder('u').select('u.name', 'label').getRawMany();",
  "repo.createQueryBuilder('u').addSelect('name').getRawMany();",
  "source.createQueryBuilder().select('u.name').from('users', 'u').getRawMany();",
  "repo.createQueryBuilder('u').where('u.name = :name', { name: x }).getMany();",
  "repo.createQueryBuilder('u').andWhere('lower(name) = :n', { n: x }).getMany();",
  "repo.createQueryBuilder('u').orderBy('name').getMany();",
  "repo.createQueryBuilder('u').groupBy('u.name').having('count(u.name) > 1').getRawMany();",
  "repo.createQueryBuilder().insert().into('users', ['name']).values({}).execute();",
  "repo.createQueryBuilder().insert().values({}).orUpdate(['name'], ['id']).execute();",
  "repo.createQueryBuilder().insert().values({}).returning('name').execute();",
  'repo.createQueryBuilder("u").leftJoin("users", "o", `o.name = u.name`).getMany();',
  'qb.andWhere(`users.name ILIKE :x`);',
  "const rows = await repo.createQueryBuilder('user').getRawMany();\nuse(rows[0].user_name);",
  "const { user_name: label } = await repo.createQueryBuilder('user').getRawOne();",
])('TypeORM: what goes past the mapping, or may, is possible: %s', async (text) => {
  const { final, said } = await after({ 'a.ts': `${text}\n` });
  expect(said).not.toEqual([]);
  expect(said.filter((one) => !one.endsWith('?'))).toEqual([]);
  expect(final).toEqual({ 'a.ts': `${text}\n` });
});

it.each([
  "source.query('SELECT name FROM users WHERE name = $1', [x]);",
  '@ViewEntity({ expression: `SELECT id, name FROM users` })\nclass Shown {\n  @ViewColumn() name: string;\n}',
  "@Entity('orders')\nclass Order {\n  @VirtualColumn({ query: (alias) => `SELECT count(name) FROM users WHERE id = ${alias}.id` }) n: number;\n}",
])('TypeORM: SQL is read as everywhere: %s', async (text) => {
  const { said } = await after({ 'a.ts': `${text}\n` });
  expect(said.some((one) => one.includes(' sql') && !one.endsWith('?'))).toBe(true);
});

it.each([
  "@Entity('users')\n@Index(['name'])\n@Unique(['name'])\nclass User {\n  @Column({ name: 'label' }) name: string;\n}",
  "@Entity('orders')\nclass Order {\n  @ManyToOne(() => User) @JoinColumn({ name: 'user_id', referencedColumnName: 'name' }) user: User;\n}",
  "repo.find({ where: { name: x }, order: { name: 'ASC' } });",
  "repo.update({ id }, { name: 'x' });",
  "repo.upsert([{ name: 'x' }], ['name']);",
])('TypeORM: what goes through the mapping has no edit: %s', async (text) => {
  const { final } = await after({ 'a.ts': `${text}\n` });
  expect(final).toEqual({ 'a.ts': `${text}\n` });
});

it('TypeORM: a table that texts of the builder and conditions of their own name is possible', async () => {
  const text = [
    "const a = source.createQueryBuilder().select('x.email').from('users', 'x');",
    "repo.find({ where: { id: Raw(() => 'id in (select id from users)') } });",
    "const users = 'users of all';",
    '',
  ].join('\n');
  const { said } = await after({ 'a.ts': text }, [{ kind: 'rename-table', table: users, to: 'members' }]);
  expect(said.filter((one) => one.includes('typeorm/query'))).toEqual([
    'a.ts:1 typeorm/query?',
    'a.ts:2 typeorm/query?',
  ]);
});
