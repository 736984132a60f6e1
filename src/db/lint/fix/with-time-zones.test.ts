import { beforeAll, expect, test } from 'vitest';
import { loadParser } from '../../drivers/postgres/sql/syntax-tree.ts';
import { withTimeZones } from './with-time-zones.ts';

beforeAll(loadParser);

test.each([
  ['CREATE TABLE a (b timestamp)', 'CREATE TABLE a (b timestamptz)'],
  ['CREATE TABLE a (b TIMESTAMP(3) NOT NULL, c int)', 'CREATE TABLE a (b TIMESTAMPTZ(3) NOT NULL, c int)'],
  [
    'CREATE TABLE a (b timestamp (3) WITHOUT TIME ZONE, c timestamp[])',
    'CREATE TABLE a (b timestamptz (3), c timestamptz[])',
  ],
  ['CREATE TABLE a (b timestamp with time zone)', 'CREATE TABLE a (b timestamp with time zone)'],
  ['CREATE TABLE a (timestamp timestamp)', 'CREATE TABLE a (timestamp timestamptz)'],
  [
    'CREATE TABLE a (b date DEFAULT CAST(now() AS timestamp))',
    'CREATE TABLE a (b date DEFAULT CAST(now() AS timestamp))',
  ],
  ["CREATE TABLE a (b date DEFAULT timestamp '2020-01-01')", "CREATE TABLE a (b date DEFAULT timestamp '2020-01-01')"],
  ['CREATE TABLE a (b /* timestamp */ "timestamp")', 'CREATE TABLE a (b /* timestamp */ "timestamp")'],
  ['CREATE TABLE "ä" ("ß" timestamp, c text)', 'CREATE TABLE "ä" ("ß" timestamptz, c text)'],
])('%s', (before, after) => {
  expect(withTimeZones(before)).toBe(after);
});
