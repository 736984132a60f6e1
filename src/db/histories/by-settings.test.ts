import { checkHistories, type HistoryCase } from '../../../test/support/read-history.ts';

const create = 'CREATE TABLE a (id int);';
const two = `${create}\nCREATE TABLE b (id int);`;
const alone = 'CREATE INDEX CONCURRENTLY i ON a (id);';

const prismaCases: readonly HistoryCase[] = [
  {
    title: 'Prisma before 7.4 sends a file as one query; one statement alone shares no transaction',
    files: {
      'prisma/migrations/20240102000000_b/migration.sql': two,
      'prisma/migrations/20240101000000_a/migration.sql': alone,
      'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
      'package.json': '{"devDependencies": {"prisma": "^6.19.0"}}',
    },
    is: 'prisma prisma/migrations',
    runs: [
      'prisma/migrations/20240101000000_a/migration.sql up/each-statement',
      'prisma/migrations/20240102000000_b/migration.sql up/query',
    ],
  },
  {
    title: 'Prisma from 7.4 on sends statement by statement, but not where its parser gives up',
    files: {
      'migrations/1_a/migration.sql': two,
      'migrations/2_b/migration.sql': `${create}\nDROP INDEX CONCURRENTLY i;`,
      'package.json': '{"dependencies": {"prisma": "7.4.0"}}',
    },
    is: 'prisma migrations',
    runs: ['migrations/1_a/migration.sql up/each-statement', 'migrations/2_b/migration.sql up/query'],
  },
  {
    title: 'the folder of one Prisma migration is enough',
    files: { '20240101000000_a/migration.sql': two },
    is: 'prisma .',
    runs: ['20240101000000_a/migration.sql up/query'],
  },
  {
    title: 'Prisma for another database is not read',
    files: { 'm/1_a/migration.sql': two, 'm/migration_lock.toml': 'provider = "mysql"' },
    is: 'prisma m',
    runs: [],
    finds: ['m/migration_lock.toml: This says that the migrations here are for mysql; they were not read.'],
  },
];

function journal(...entries: readonly (readonly [string, number])[]): string {
  return JSON.stringify({ dialect: 'postgresql', entries: entries.map(([tag, when], idx) => ({ idx, tag, when })) });
}

const drizzleCases: readonly HistoryCase[] = [
  {
    title: 'Drizzle runs in the order of its journal, in one transaction',
    files: {
      'drizzle/0000_z.sql': `${create}\n--> statement-breakpoint\n${create}`,
      'drizzle/0001_a.sql': create,
      'drizzle/meta/_journal.json': journal(['0001_a', 1], ['0000_z', 2]),
      'drizzle/meta/0000_snapshot.json': '{}',
    },
    is: 'drizzle drizzle',
    runs: ['drizzle/0001_a.sql up/one', 'drizzle/0000_z.sql up/one'],
  },
  {
    title: 'what a journal of Drizzle misses, names in vain or dates back is said',
    files: {
      '0000_a.sql': create,
      '0002_c.sql': create,
      '0003_d.sql': create,
      'meta/_journal.json': journal(['0000_a', 5], ['0001_b', 6], ['0002_c', 4]),
    },
    is: 'drizzle .',
    runs: ['0000_a.sql up/one', '0002_c.sql up/one'],
    finds: [
      'meta/_journal.json: The journal names 0001_b.sql, which is not there.',
      '0003_d.sql: It is not in meta/_journal.json: Drizzle never runs it, and it was not read.',
      '0002_c.sql: It is dated before an entry above it in the journal: a database that has that one never gets this one.',
    ],
  },
  {
    title: 'a journal of Drizzle that is no JSON is said, and the names decide',
    files: { 'd/1.sql': create, 'd/0.sql': create, 'd/meta/_journal.json': '{' },
    is: 'drizzle d',
    runs: ['d/0.sql up/one', 'd/1.sql up/one'],
    finds: ['d/meta/_journal.json: This journal cannot be read, so the order of the files is taken from their names.'],
  },
  {
    title: 'Drizzle for another database is not read',
    files: { 'd/0.sql': create, 'd/meta/_journal.json': '{"dialect": "sqlite", "entries": []}' },
    is: 'drizzle d',
    runs: [],
    finds: ['d/meta/_journal.json: This says that the migrations here are for sqlite; they were not read.'],
  },
  {
    title: 'Drizzle from version 1 on has a folder with a snapshot for each migration',
    files: {
      'drizzle/20260102_b/migration.sql': create,
      'drizzle/20260102_b/snapshot.json': '{}',
      'drizzle/20260101_a/migration.sql': create,
      'drizzle/20260101_a/snapshot.json': '{}',
    },
    is: 'drizzle drizzle',
    runs: ['drizzle/20260101_a/migration.sql up/one', 'drizzle/20260102_b/migration.sql up/one'],
  },
];

const flywayCases: readonly HistoryCase[] = [
  {
    title: 'Flyway compares versions number by number, goes back by U and repeats R at the end',
    files: {
      'db/migration/R__view.sql': 'CREATE OR REPLACE VIEW v AS SELECT 1;',
      'db/migration/V10__c.sql': create,
      'db/migration/V2.1__b.sql': create,
      'db/migration/V2__a.sql': create,
      'db/migration/U2.1__b.sql': 'DROP TABLE a;',
      'db/migration/B2__all.sql': create,
    },
    is: 'flyway db/migration',
    runs: [
      'db/migration/V2__a.sql up/one',
      'db/migration/V2.1__b.sql up/one',
      'db/migration/U2.1__b.sql down/one',
      'db/migration/V10__c.sql up/one',
      'db/migration/R__view.sql up/one repeatable',
    ],
  },
  {
    title: 'Flyway leaves the transaction away where every statement asks for it or the settings of the file do',
    files: {
      'sql/V1__a.sql': `-- why\n${alone}\nDROP INDEX CONCURRENTLY IF EXISTS j;`,
      'sql/V2__b.sql': `${create}\n${alone}`,
      'sql/V3__c.sql': two,
      'sql/V3__c.sql.conf': 'executeInTransaction=false\n',
      'sql/V4__d.sql': alone,
      'sql/V4__d.sql.conf': 'executeInTransaction=true\n',
    },
    is: 'flyway sql',
    runs: [
      'sql/V1__a.sql up/each-statement',
      'sql/V2__b.sql up/one',
      'sql/V3__c.sql up/each-statement',
      'sql/V4__d.sql up/one',
    ],
  },
  {
    title: 'Flyway with mixed runs a mixture without a transaction',
    files: { 'flyway.conf': 'flyway.mixed=true\n', 'sql/V1__a.sql': `${create}\n${alone}` },
    is: 'flyway sql',
    runs: ['sql/V1__a.sql up/each-statement'],
  },
  {
    title: 'two versions alike are said',
    files: { 'sql/V1__a.sql': create, 'sql/V1.0__b.sql': create },
    is: 'flyway sql',
    runs: ['sql/V1.0__b.sql up/one', 'sql/V1__a.sql up/one'],
    finds: ['sql/V1__a.sql: It has the same version as V1.0__b.sql: Flyway refuses both.'],
  },
  {
    title: 'folders by year below one location are one history of Flyway',
    files: { 'db/migration/2024/V2__b.sql': create, 'db/migration/2023/V1__a.sql': create },
    is: 'flyway db/migration',
    runs: ['db/migration/2023/V1__a.sql up/one', 'db/migration/2024/V2__b.sql up/one'],
  },
];

const plan = `%syntax-version=1.0.0
%project=shop

users 2024-01-01T00:00:00Z A B <a@b.c> # Users
accounts/main [users] 2024-01-02T00:00:00Z A B <a@b.c> # Accounts
@v1.0 2024-01-03T00:00:00Z A B <a@b.c> # Release

users [users@v1.0] 2024-01-04T00:00:00Z A B <a@b.c> # Again
gone 2024-01-04T00:00:00Z A B <a@b.c>
`;

const sqitchCases: readonly HistoryCase[] = [
  {
    title: 'Sqitch runs in the order of its plan, a reworked change from the script with its tag',
    files: {
      'sqitch.plan': plan,
      'sqitch.conf': '[core]\n\tengine = pg\n',
      'deploy/accounts/main.sql': `BEGIN;\n${create}\nCOMMIT;`,
      'deploy/users.sql': create,
      'deploy/users@v1.0.sql': create,
      'deploy/stray.sql': create,
      'revert/users.sql': 'DROP TABLE a;',
      'revert/users@v1.0.sql': 'DROP TABLE a;',
      'verify/users.sql': 'SELECT 1;',
    },
    is: 'sqitch .',
    runs: [
      'deploy/users@v1.0.sql up/each-statement',
      'revert/users@v1.0.sql down/each-statement',
      'deploy/accounts/main.sql up/each-statement',
      'deploy/users.sql up/each-statement',
      'revert/users.sql down/each-statement',
    ],
    finds: [
      'sqitch.plan: The plan names the change gone, whose deploy script is not there.',
      'deploy/stray.sql: It is not in sqitch.plan: Sqitch never runs it, and it was not read.',
    ],
  },
  {
    title: 'Sqitch has its scripts where its settings say',
    files: {
      'db/sqitch.plan': '%project=a\r\n\r\nusers 2024-01-01T00:00:00Z A <a@b.c>\r\n',
      'db/sqitch.conf': '[core]\n\ttop_dir = migrations\n',
      'db/migrations/deploy/users.sql': create,
    },
    is: 'sqitch db',
    runs: ['db/migrations/deploy/users.sql up/each-statement'],
  },
  {
    title: 'Sqitch for another database is not read',
    files: { 'sqitch.plan': '', 'sqitch.conf': '[core]\n  engine = mysql\n', 'deploy/a.sql': create },
    is: 'sqitch .',
    runs: [],
    finds: ['sqitch.conf: This says that the migrations here are for mysql; they were not read.'],
  },
];

checkHistories([...prismaCases, ...drizzleCases, ...flywayCases, ...sqitchCases]);
