import { rangeOf } from '../../lint/catalog/apply-drop.ts';
import { fullName } from '../../lint/catalog/catalog.ts';
import type { LintContext } from '../../lint/context.ts';
import { writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const invalidIndexLeftBehind: Rule = {
  id: 'pg/invalid-index-left-behind',
  severity: 'error',
  summary: 'An index of that name is there already, and it is not valid',
  why: 'CREATE INDEX CONCURRENTLY that fails leaves an invalid index: no query uses it, a unique one promises nothing, and every write keeps it up. IF NOT EXISTS takes it for done; without that the statement fails with 42P07.',
  instead: 'DROP INDEX CONCURRENTLY the invalid index first (or REINDEX INDEX CONCURRENTLY it), then create it again.',
  aliases: { strong_migrations: ['remove_invalid_indexes'], MigrationPilot: ['MP070'] },
  needs: 'live',
  claims: [],
  bad: [
    {
      sql: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS users_age ON users (age);',
      live: { invalidIndexes: new Map([['public.users_age', 'public.users']]) },
    },
    {
      sql: 'CREATE UNIQUE INDEX CONCURRENTLY users_code ON users (code);',
      live: { invalidIndexes: new Map([['public.users_code', 'public.users']]) },
    },
  ],
  good: [
    {
      sql: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS users_age ON users (age);',
      live: { invalidIndexes: new Map([['public.orders_total', 'public.orders']]) },
    },
    {
      sql: 'DROP INDEX CONCURRENTLY IF EXISTS users_age;\nCREATE INDEX CONCURRENTLY users_age ON users (age);',
      live: { invalidIndexes: new Map([['public.users_age', 'public.users']]) },
    },
    { sql: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS users_age ON users (age);' },
  ],
  on: ['IndexStmt'],
  check({ node }, context) {
    if (!('IndexStmt' in node) || node.IndexStmt.idxname === undefined || context.live === undefined) return [];
    const { idxname, relation, if_not_exists } = node.IndexStmt;
    const [schema = 'public'] = fullName(context.catalog, relation).split('.');
    const table = context.live.invalidIndexes.get(`${schema}.${idxname}`);
    if (table === undefined || isDropped(idxname, context)) return [];
    const then = if_not_exists === true ? 'IF NOT EXISTS takes it for done' : 'this fails with 42P07';
    return [
      {
        message: `Index ${idxname} of ${writtenName(relation)} is there and not valid, left behind by a build that failed: ${then}.`,
      },
    ];
  },
};

function isDropped(index: string, { file }: LintContext): boolean {
  return file.units.some(
    ({ node }) =>
      'DropStmt' in node &&
      node.DropStmt.removeType === 'OBJECT_INDEX' &&
      (node.DropStmt.objects ?? []).some((object) => rangeOf(object).relname === index),
  );
}
