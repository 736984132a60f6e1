import { checkHistories, type HistoryCase } from '../../../test/support/read-history.ts';

const create = 'CREATE TABLE a (id int);';
const two = `${create}\nCREATE TABLE b (id int);`;
const alone = 'CREATE INDEX CONCURRENTLY i ON a (id);';

const sqlMigrateCases: readonly HistoryCase[] = [
  {
    title: 'sql-migrate divides at its marks, numbers before names, and an option holds for its direction',
    files: {
      'm/b.sql': `-- +migrate Up\n${create}\n`,
      'm/10-b.sql': `-- +migrate Up notransaction\n${alone}\n-- +migrate Down\nDROP INDEX i;`,
      'm/9.sql': `-- +migrate Up\r\n-- +migrate StatementBegin\r\n${create}\r\n-- +migrate StatementEnd\r\n`,
      'm/11.sql': create,
    },
    is: 'sql-migrate m',
    runs: [
      'm/9.sql up/one',
      `m/10-b.sql up/each-statement -- +migrate Up notransaction\n${alone}\n`,
      'm/10-b.sql down/one -- +migrate Down\nDROP INDEX i;',
      'm/b.sql up/one',
    ],
    finds: ['m/11.sql: It has no `-- +migrate Up`: sql-migrate refuses it, and it was not read.'],
  },
];

const liquibaseCases: readonly HistoryCase[] = [
  {
    title: 'Liquibase divides at its changesets, and leaves out what is for another database',
    files: {
      'db/1.sql':
        `--liquibase formatted sql\n\n--changeset ann:1\n${create}\n--rollback DROP TABLE a;\n` +
        `-- changeset ann:2 runInTransaction:false\n${alone}\n` +
        '--changeset ann:3 dbms:h2,mysql\nSELECT 1;\n' +
        `--changeset ann:4 dbms:!h2 splitStatements:false runInTransaction:false\n${two}\n`,
    },
    is: 'liquibase db',
    runs: [
      `db/1.sql up/one --changeset ann:1\n${create}\n--rollback DROP TABLE a;\n`,
      `db/1.sql up/each-statement -- changeset ann:2 runInTransaction:false\n${alone}\n`,
      `db/1.sql up/query --changeset ann:4 dbms:!h2 splitStatements:false runInTransaction:false\n${two}\n`,
    ],
  },
  {
    title: 'Liquibase runs files in the order in which a changelog names them; what is run again is said',
    files: {
      'db/changelog.xml':
        '<databaseChangeLog><include file="sql/z.sql"/><include file="sql/a.sql"/><include file="sql/v.sql"/></databaseChangeLog>',
      'db/sql/a.sql': `-- liquibase formatted sql\n--changeset a:1\n${create}`,
      'db/sql/v.sql': `-- liquibase formatted sql\n--changeset a:v runOnChange:true\n${create}`,
      'db/sql/z.sql': `-- liquibase formatted sql\n--changeset a:0\n${create}`,
    },
    is: 'liquibase db/sql',
    runs: ['db/sql/z.sql up/one', 'db/sql/a.sql up/one', 'db/sql/v.sql up/one repeatable'],
  },
  {
    title: 'Liquibase ends statements where it is told to',
    files: { 'f.sql': `--liquibase formatted sql\n--changeset a:1 endDelimiter:/\n${create}\n/\nSELECT 4/2\n/\n` },
    is: 'liquibase .',
    runs: [`f.sql up/one --changeset a:1 endDelimiter:/\n${create}\n`, 'f.sql up/one \nSELECT 4/2\n'],
  },
];

const atlasCases: readonly HistoryCase[] = [
  {
    title: 'Atlas wraps each file, unless its top says otherwise, and passes a checkpoint by',
    files: {
      'migrations/atlas.sum': 'h1:',
      'migrations/20240102000000_b.sql': `-- atlas:txmode none\n\n${alone}\n`,
      'migrations/20240101000000.sql': alone,
      'migrations/20240103000000_c.sql': `-- atlas:txmode none\n${two}\n`,
      'migrations/20240104000000_d.sql': `-- atlas:checkpoint\n\n${two}\n`,
    },
    is: 'atlas migrations',
    runs: [
      'migrations/20240101000000.sql up/one',
      'migrations/20240102000000_b.sql up/each-statement',
      'migrations/20240103000000_c.sql up/one',
    ],
  },
  {
    title: 'what Atlas looks after and another tool runs is the other one’s',
    files: { 'm/atlas.sum': 'h1:', 'm/1_a.up.sql': two, 'm/1_a.down.sql': create },
    is: 'golang-migrate m',
    runs: ['m/1_a.up.sql up/query', 'm/1_a.down.sql down/each-statement'],
  },
];

const rustCases: readonly HistoryCase[] = [
  {
    title: 'Diesel wraps each way, unless metadata.toml is there and does not say so',
    files: {
      'm/2024-02-02-000000_b/up.sql': two,
      'm/2024-02-02-000000_b/metadata.toml': 'run_in_transaction = false',
      'm/00000000000000_diesel_initial_setup/up.sql': alone,
      'm/2024-01-01-120000_a/up.sql': create,
      'm/2024-01-01-120000_a/down.sql': create,
      'm/2024-01-01-120000_a/metadata.toml': '# why\nrun_in_transaction = true\n',
    },
    is: 'diesel m',
    runs: [
      'm/00000000000000_diesel_initial_setup/up.sql up/one',
      'm/2024-01-01-120000_a/up.sql up/one',
      'm/2024-01-01-120000_a/down.sql down/one',
      'm/2024-02-02-000000_b/up.sql up/query',
    ],
  },
  {
    title: 'other names are Diesel’s where a Cargo.toml says so',
    files: { 'Cargo.toml': '[dependencies.diesel]\nversion = "2"\n', 'm/1_a/up.sql': alone },
    is: 'diesel m',
    runs: ['m/1_a/up.sql up/one'],
  },
  {
    title: 'sqlx wraps each file, unless it begins with its mark',
    files: {
      'Cargo.toml': '[dependencies]\nsqlx = { version = "0.8", features = ["postgres"] }\n',
      'migrations/10_c.sql': alone,
      'migrations/9_b.sql': `-- no-transaction\n${two}`,
      'migrations/8_a.up.sql': alone,
      'migrations/8_a.down.sql': create,
      'migrations/README.md': '',
    },
    is: 'sqlx migrations',
    runs: [
      'migrations/8_a.up.sql up/one',
      'migrations/8_a.down.sql down/one',
      'migrations/9_b.sql up/query',
      'migrations/10_c.sql up/one',
    ],
  },
  {
    title: 'a Cargo.toml without the crate says nothing',
    files: { 'Cargo.toml': '[dependencies]\nsqlx-like = "1"\n', 'migrations/1_a.sql': create },
    is: 'plain migrations',
    runs: ['migrations/1_a.sql up/unknown'],
  },
  {
    title: 'refinery has the names of Flyway and no way out of its transaction',
    files: {
      'Cargo.toml': '[workspace.dependencies]\nrefinery = "0.8"\n',
      'src/migrations/V10__b.sql': alone,
      'src/migrations/V2__a.sql': create,
    },
    is: 'refinery src/migrations',
    runs: ['src/migrations/V2__a.sql up/one', 'src/migrations/V10__b.sql up/one'],
  },
];

checkHistories([...sqlMigrateCases, ...liquibaseCases, ...atlasCases, ...rustCases]);
