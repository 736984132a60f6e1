import type { History } from '../history.ts';
import { atlas } from './atlas.ts';
import { dbmate } from './dbmate.ts';
import { diesel } from './diesel.ts';
import { drizzle } from './drizzle.ts';
import { flyway } from './flyway.ts';
import { golangMigrate } from './golang-migrate.ts';
import { goose } from './goose.ts';
import { graphileMigrate } from './graphile-migrate.ts';
import { knex } from './knex.ts';
import { liquibase } from './liquibase.ts';
import { nodePgMigrate } from './node-pg-migrate.ts';
import { plain } from './plain.ts';
import { prisma } from './prisma.ts';
import { rails } from './rails.ts';
import { refinery } from './refinery.ts';
import { sqitch } from './sqitch.ts';
import { sqlMigrate } from './sql-migrate.ts';
import { sqlx } from './sqlx.ts';
import { supabase } from './supabase.ts';

/**
 * The shelf of tools. The first that finds a folder has it, so that marks which only one tool makes stand before names
 * that several have. The last takes what is left.
 */
export const histories: readonly History[] = [
  sqitch,
  drizzle,
  prisma,
  graphileMigrate,
  dbmate,
  goose,
  sqlMigrate,
  liquibase,
  nodePgMigrate,
  supabase,
  refinery,
  flyway,
  knex,
  rails,
  atlas,
  diesel,
  sqlx,
  golangMigrate,
  plain,
];

/** Settings of tools that may stand in a folder above the one that was named. */
export const settingNames: readonly string[] = [
  'sqitch.plan',
  'sqitch.conf',
  'meta/_journal.json',
  'migration_lock.toml',
  '.gmrc',
  '.gmrc.js',
  '.gmrc.cjs',
  'config.toml',
  'flyway.conf',
  'flyway.toml',
  'package.json',
  'atlas.sum',
  'Cargo.toml',
  'metadata.toml',
];
