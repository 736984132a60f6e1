import { beforeAll, expect, test } from 'vitest';
import { loadParser } from '../../drivers/postgres/sql/syntax-tree.ts';
import { rules } from '../../rules/index.ts';
import { lintExample } from '../lint-example.ts';

beforeAll(loadParser);

function fixesOf(sql: string, options: { readonly inTransaction?: boolean } = {}): readonly string[] {
  return lintExample({ sql, ...options }, rules).flatMap(({ edit }) => (edit === undefined ? [] : [edit.text]));
}

test.each([
  ['create  unique index a ON users (age, id) -- x', 'create  unique index CONCURRENTLY a ON users (age, id)'],
  ['CREATE INDEX IF NOT EXISTS a ON users (age);', 'CREATE INDEX CONCURRENTLY IF NOT EXISTS a ON users (age)'],
  ['/* why */ DROP INDEX users_name_index;', 'DROP INDEX CONCURRENTLY users_name_index'],
  ['REINDEX (VERBOSE) TABLE users;', 'REINDEX (VERBOSE) TABLE CONCURRENTLY users'],
])('%s', (sql, fixed) => {
  expect(fixesOf(sql).map((text) => text.replace(/ -- x$/, ''))).toEqual([fixed]);
});

test.each(['CREATE /* why */ INDEX a ON users (age)', 'DROP INDEX users_name_index, orders_user_index'])(
  'leaves %s as it is',
  (sql) => {
    expect(fixesOf(sql)).toEqual([]);
  },
);

test('nothing is put in within a transaction, where it would fail', () => {
  expect(fixesOf('CREATE INDEX a ON users (age)', { inTransaction: true })).toEqual([]);
});
