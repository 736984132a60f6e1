import { isNew } from '../../lint/context.ts';
import { writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const refreshMatview: Rule = {
  id: 'pg/refresh-matview',
  severity: 'error',
  summary: 'A materialized view is refreshed while nobody can read it',
  why: 'REFRESH MATERIALIZED VIEW holds ACCESS EXCLUSIVE on the view for as long as its query runs and its indexes are built: every reader waits.',
  instead:
    'REFRESH MATERIALIZED VIEW CONCURRENTLY, which lets readers go on; it wants a unique index on columns of the view without a WHERE.',
  aliases: { MigrationPilot: ['MP033'] },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE', rewrite: true }],
  bad: [
    { sql: 'REFRESH MATERIALIZED VIEW order_totals;' },
    { sql: 'REFRESH MATERIALIZED VIEW public.order_totals WITH DATA;' },
  ],
  good: [
    { sql: 'REFRESH MATERIALIZED VIEW CONCURRENTLY order_totals;' },
    {
      sql: 'CREATE MATERIALIZED VIEW user_count AS SELECT count(*) FROM users WITH NO DATA;\nREFRESH MATERIALIZED VIEW user_count;',
    },
    { sql: 'SELECT * FROM order_totals;' },
  ],
  on: ['RefreshMatViewStmt'],
  check({ node }, context) {
    if (!('RefreshMatViewStmt' in node)) return [];
    const { relation, concurrent, skipData } = node.RefreshMatViewStmt;
    if (concurrent === true || isNew(context, relation)) return [];
    const view = writtenName(relation);
    if (skipData === true) {
      return [{ message: `${view} is emptied, and cannot be read (SQLSTATE 55000) until it is refreshed again.` }];
    }
    return [{ message: `Nobody can read ${view} while its query runs.` }];
  },
};
