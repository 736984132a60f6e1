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
  [
    'a name in a constant',
    "const NAME = 'name';\n@Entity('users')\nclass User {\n  @Column({ name: NAME }) label: string;\n}\n",
    "const NAME = 'full_name'",
  ],
  [
    'a table in a constant',
    "const TABLE = 'users';\n@Entity(TABLE)\nclass User {\n  @Column() name: string;\n}\n",
    "@Column({ name: 'full_name' }) name",
  ],
  [
    'a table in a constant among options',
    "const TABLE = 'users';\n@Entity({ name: TABLE })\nclass User {\n  @Column() name: string;\n}\n",
    "@Column({ name: 'full_name' }) name",
  ],
  [
    'a name that is spread in',
    "const text = { name: 'name', type: 'text' } as const;\n@Entity('users')\nclass User {\n  @Column({ ...text }) label: string;\n}\n",
    "{ name: 'full_name', type",
  ],
  [
    'options under a name',
    "const text = { name: 'name', type: 'text' } as const;\n@Entity('users')\nclass User {\n  @Column(text) label: string;\n}\n",
    "{ name: 'full_name', type",
  ],
  [
    'options under a name, without one of the column',
    "const text = { type: 'text' } as const;\n@Entity('users')\nclass User {\n  @Column(text) name: string;\n}\n",
    "@Column({ ...text, name: 'full_name' }) name",
  ],
  ['a property in quotes', user("@Column() 'name': string;"), "@Column({ name: 'full_name' }) 'name'"],
  [
    'what reads and writes a property',
    user("@Column({ type: 'text' }) get name() { return this.held; }"),
    "@Column({ name: 'full_name', type: 'text' }) get name",
  ],
  [
    'an embedded class without a prefix',
    "class Part {\n  @Column() name: string;\n}\n@Entity('users')\nclass User {\n  @Column(() => Part, { prefix: false }) part: Part;\n}\n",
    "@Column({ name: 'full_name' }) name",
  ],
  [
    'what excludes rows of each other',
    "@Entity('users')\n@Exclusion('USING gist (\"name\" WITH =)')\nclass User {}\n",
    'gist ("full_name" WITH =)',
  ],
  [
    'a query of the row',
    user('@VirtualColumn({ query: (row) => `SELECT count(*) FROM orders WHERE total <= ${row}.name` }) rank: number;'),
    '${row}.full_name`',
  ],
  [
    'a foreign key that is called after what it refers to',
    `class Team {\n  @PrimaryColumn() id: number;\n}\n${user("@ManyToOne(() => Team) @JoinColumn({ referencedColumnName: 'name' }) first: Team;")}`,
    "@JoinColumn({ name: 'full_name', referencedColumnName: 'name' })",
    'firstName',
  ],
  [
    'a foreign key that is called after a primary key',
    `class Team {\n  @PrimaryColumn() code: string;\n}\n${user('@ManyToOne(() => Team) @JoinColumn() team: Team;')}`,
    "@JoinColumn({ name: 'full_name' })",
    'teamCode',
  ],
  ['the parent in a tree', user('@TreeParent() @JoinColumn() parent: User;'), "name: 'full_name'", 'parentId'],
  [
    'columns of a schema under a name',
    "const columns = { name: { type: String } };\nexport const User = new EntitySchema({ name: 'User', tableName: 'users', columns });\n",
    "name: { name: 'full_name', type: String }",
  ],
  [
    'a schema under a name',
    "const options = { name: 'User', tableName: 'users', columns: { name: { type: String } } };\nexport const User = new EntitySchema(options);\n",
    "name: { name: 'full_name', type: String }",
  ],
  [
    'a check of a schema',
    "new EntitySchema({ name: 'User', tableName: 'users', columns: {}, checks: [{ expression: \"name <> ''\" }] });\n",
    "full_name <> ''",
  ],
])('TypeORM: %s is edited where it is mapped', async (_, text, wanted, column = 'name') => {
  const { final } = await after({ 'a.ts': text }, [{ kind: 'rename-column', table: users, column, to: 'full_name' }]);
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

it('TypeORM: names that it makes for a table of relations stay, whatever it joins', async () => {
  const teams = "@Entity('teams')\nexport class Team {\n  @PrimaryColumn() id: number;\n}\n";
  const own = (column: string, join: string) =>
    `${column}\n  @ManyToMany(() => Team) @JoinTable(${join}) teams: Team[];\n}\n`;
  const head = "import { Team } from './team';\n@Entity('users')\nclass User {\n  ";
  const files = { 'team.ts': teams, 'user.ts': `${head}${own('@PrimaryColumn() id: number;', '')}` };
  const byTable = (await after(files, [table])).final['user.ts'];
  expect(byTable).toContain("@JoinTable({ name: 'users_teams_teams', joinColumn: { name: 'usersId' } })");
  const key = { kind: 'rename-column', table: users, column: 'id', to: 'user_id' } as const;
  const byKey = (await after(files, [key])).final['user.ts'];
  expect(byKey).toContain("@PrimaryColumn({ name: 'user_id' }) id");
  expect(byKey).toContain("@JoinTable({ joinColumn: { name: 'usersId' } })");
  const said = "{ name: 'j', joinColumns: [{ name: 'a' }], inverseJoinColumn: { name: 'b' } }";
  const complete = { ...files, 'user.ts': `${head}${own('@PrimaryColumn() id: number;', said)}` };
  expect((await after(complete, [table])).final['user.ts']).toContain(`@JoinTable(${said})`);
  const junction = {
    kind: 'rename-table',
    table: { schema: 'public', name: 'users_teams_teams' },
    to: 'members',
  } as const;
  expect((await after(files, [junction])).final['user.ts']).toContain("@JoinTable({ name: 'members' })");
});

it.each([
  "repo.createQueryBuilder('u').select('u.name', 'label').getRawMany();",
  'const q = repo.createQueryBuilder(\'u\');\nq.orderBy(\'"u"."name"\');',
  "const qOf = () => repo.createQueryBuilder('u');\nqOf().addSelect('u.name::text', 'n').getRawMany();",
  "function narrow(select: SelectQueryBuilder<User>) {\n  return select.groupBy('name');\n}",
  "qb.where(new Brackets((inner) => {\n  inner.where('u.name::text = 1');\n}));",
  'const by = { name: \'"u"."name"\' };\nrepo.createQueryBuilder(\'u\').orderBy(by[x]).getMany();',
  "const rows = await repo.createQueryBuilder('user').getRawMany();\nuse(rows[0]['user_name']);",
  "source.createQueryBuilder().select('*').from('users', 'u').getRawOne();",
  "source.createQueryBuilder().update('users').set({ id: 1 }).returning('*').execute();",
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

it('TypeORM: rows that the builder gives as the database calls them are possible where the entity is named', async () => {
  const entity = "@Entity('users')\nexport class User {\n  @Column() name: string;\n}\n";
  const reads = "import { User } from './user';\nsource.getRepository(User).createQueryBuilder('u').getRawMany();\n";
  const { said } = await after({ 'user.ts': entity, 'a.ts': reads });
  expect(said).toContain('a.ts:2 typeorm/query?');
  const others = "source.getRepository(Team).createQueryBuilder('t').getRawMany();\n";
  expect((await after({ 'user.ts': entity, 'a.ts': others })).said).toEqual(['user.ts:3 typeorm/column']);
});
