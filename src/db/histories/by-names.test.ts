import { expect, it } from 'vitest';
import { checkHistories, type HistoryCase, listingOf } from '../../../test/support/read-history.ts';
import { histories } from './index.ts';

const create = 'CREATE TABLE a (id int);';
const two = `${create}\nCREATE TABLE b (id int);`;
const alone = 'CREATE INDEX CONCURRENTLY i ON a (id);';

const markedCases: readonly HistoryCase[] = [
  {
    title: 'dbmate divides at its marks; without a transaction a block is one query',
    files: {
      'db/migrations/2_b.sql': `-- migrate:up transaction:false\n${alone}\n-- migrate:down\nDROP INDEX i;`,
      'db/migrations/1_a.sql': `-- migrate:up\r\n${create}\r\n\r\n-- migrate:down\r\nDROP TABLE a;\r\n`,
      'db/migrations/3_c.sql': create,
      'db/migrations/4_d.sql': `-- migrate:up transaction:false\n${two}\n-- migrate:down transaction:false\n`,
    },
    is: 'dbmate db/migrations',
    runs: [
      `db/migrations/1_a.sql up/one -- migrate:up\r\n${create}\r\n\r\n`,
      'db/migrations/1_a.sql down/one -- migrate:down\r\nDROP TABLE a;\r\n',
      `db/migrations/2_b.sql up/each-statement -- migrate:up transaction:false\n${alone}\n`,
      'db/migrations/2_b.sql down/one -- migrate:down\nDROP INDEX i;',
      `db/migrations/4_d.sql up/query -- migrate:up transaction:false\n${two}\n`,
      'db/migrations/4_d.sql down/each-statement -- migrate:down transaction:false\n',
    ],
    finds: ['db/migrations/3_c.sql: It has no `-- migrate:up`: dbmate refuses it, and it was not read.'],
  },
  {
    title: 'goose divides at its marks, and NO TRANSACTION counts for both ways',
    files: {
      'm/10_b.sql': `-- +goose NO TRANSACTION\n-- +goose Up\n${alone}\n-- +goose Down\nDROP INDEX i;`,
      'm/9_a.sql': `-- a note\n-- +goose Up\n-- +goose StatementBegin\n${create}\n-- +goose StatementEnd\n`,
      'm/11_c.sql': create,
    },
    is: 'goose m',
    runs: [
      'm/9_a.sql up/one',
      `m/10_b.sql up/each-statement -- +goose Up\n${alone}\n`,
      'm/10_b.sql down/each-statement -- +goose Down\nDROP INDEX i;',
    ],
    finds: ['m/11_c.sql: It has no `-- +goose Up`: goose refuses it, and it was not read.'],
  },
  {
    title: 'node-pg-migrate divides at its marks, and takes a file without any as the way forward',
    files: {
      'migrations/2_b.sql': create,
      'migrations/1_a.sql': `-- Up Migration\n${create}\n-- Down Migration\nDROP TABLE a;`,
      'migrations/3_c.sql': `${create}\n-- Down Migration\nDROP TABLE a;`,
    },
    is: 'node-pg-migrate migrations',
    runs: [
      `migrations/1_a.sql up/one -- Up Migration\n${create}\n`,
      'migrations/1_a.sql down/one -- Down Migration\nDROP TABLE a;',
      'migrations/2_b.sql up/one',
      `migrations/3_c.sql up/one ${create}\n`,
      'migrations/3_c.sql down/one -- Down Migration\nDROP TABLE a;',
    ],
  },
];

const namedCases: readonly HistoryCase[] = [
  {
    title: 'Graphile Migrate runs what is committed, then what is current',
    files: {
      'migrations/committed/000002-b.sql': `--! Previous: sha1:a\n--! Hash: sha1:b\n\n--! no-transaction\n${alone}\n`,
      'migrations/committed/000001.sql': `--! Previous: -\n--! Hash: sha1:a\n\n${create}\n`,
      'migrations/current/2-y.sql': create,
      'migrations/current/10-z.sql': create,
      'migrations/fixtures/f.sql': create,
    },
    is: 'graphile-migrate migrations',
    runs: [
      'migrations/committed/000001.sql up/one',
      'migrations/committed/000002-b.sql up/each-statement',
      'migrations/current/2-y.sql up/one',
      'migrations/current/10-z.sql up/one',
    ],
  },
  {
    title: 'Graphile Migrate with nothing committed is known by its settings',
    files: { 'db/.gmrc': '{}', 'db/migrations/current.sql': `--! no-transaction\n${two}` },
    is: 'graphile-migrate db/migrations',
    runs: ['db/migrations/current.sql up/query'],
  },
  {
    title: 'Supabase runs its files by name, and what cannot stand in a transaction alone',
    files: {
      'supabase/migrations/20240102000000_b.sql': two,
      'supabase/migrations/20240101000000_a.sql': two,
      'supabase/config.toml': 'project_id = "a"\n',
      'supabase/seed.sql': 'INSERT INTO a VALUES (1);',
    },
    is: 'supabase supabase/migrations',
    runs: [
      'supabase/migrations/20240101000000_a.sql up/where-possible',
      'supabase/migrations/20240102000000_b.sql up/where-possible',
    ],
  },
  {
    title: 'golang-migrate sends a file as one query, and the way back stands behind the way forward',
    files: {
      'm/000010_c.up.sql': alone,
      'm/9_b.down.sql': 'DROP TABLE a;',
      'm/9_b.up.sql': two,
      'm/20200101000000_d.up.sql': create,
    },
    is: 'golang-migrate m',
    runs: [
      'm/9_b.up.sql up/query',
      'm/9_b.down.sql down/each-statement',
      'm/000010_c.up.sql up/each-statement',
      'm/20200101000000_d.up.sql up/each-statement',
    ],
  },
  {
    title: 'Knex gives its SQL files the transaction of the migration of that name',
    files: {
      'migrations/20240101000000_a.js': 'export const config = { transaction: false };',
      'migrations/20240102000000_b.js': '',
      'migrations/sql/20240101000000_a-up.sql': two,
      'migrations/sql/20240101000000_a-down.sql': 'DROP TABLE a;',
      'migrations/20240102000000_b.sql': two,
    },
    is: 'knex migrations',
    runs: [
      'migrations/sql/20240101000000_a-up.sql up/query',
      'migrations/sql/20240101000000_a-down.sql down/each-statement',
      'migrations/20240102000000_b.sql up/one',
    ],
  },
  {
    title: 'Rails reads db/migrate and leaves db/structure.sql',
    files: {
      'db/migrate/20240101000000_a.rb': 'disable_ddl_transaction!',
      'db/migrate/20240101000000_a.sql': two,
      'db/migrate/20240102000000_b.rb': '',
      'db/migrate/20240102000000_b.up.sql': two,
      'db/migrate/20240102000000_b.down.sql': two,
      'db/structure.sql': two,
    },
    is: 'rails db/migrate',
    runs: [
      'db/migrate/20240101000000_a.sql up/query',
      'db/migrate/20240102000000_b.up.sql up/one',
      'db/migrate/20240102000000_b.down.sql down/one',
    ],
  },
  {
    title: 'any other folder: natural order, directions by names, nothing claimed of transactions',
    files: {
      'sql/10_c.sql': create,
      'sql/2_b-down.sql': create,
      'sql/2_b-up.sql': create,
      'sql/1_scale_down.sql': create,
      'sql/3_start.json': '{}',
    },
    is: 'plain sql',
    runs: [
      'sql/1_scale_down.sql up/unknown',
      'sql/2_b-up.sql up/unknown',
      'sql/2_b-down.sql down/unknown',
      'sql/10_c.sql up/unknown',
    ],
  },
  {
    title: 'folders with up.sql and down.sql belong to the folder above, whosever they are',
    files: { 'm/10_b/up.sql': two, 'm/9_a/up.sql': create, 'm/9_a/down.sql': create },
    is: 'plain m',
    runs: ['m/9_a/up.sql up/unknown', 'm/9_a/down.sql down/unknown', 'm/10_b/up.sql up/unknown'],
  },
];

checkHistories([...markedCases, ...namedCases]);

it('every tool says what its claims rest on', () => {
  expect(histories.filter(({ why }) => why.length < 40)).toEqual([]);
});

it('an empty listing is nobody’s', () => {
  const listing = listingOf({});
  expect(histories.flatMap((history) => history.find(listing))).toEqual([]);
});
