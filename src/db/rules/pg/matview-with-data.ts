import { nodesIn } from '../../drivers/postgres/sql/walk.ts';
import { relationsRead } from '../../lint/catalog/apply-view.ts';
import { keyOf, relationOf } from '../../lint/catalog/catalog.ts';
import { isNew } from '../../lint/context.ts';
import { namesInWords, writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const matviewWithData: Rule = {
  id: 'pg/matview-with-data',
  severity: 'advice',
  summary: 'A materialized view is filled while the migration runs',
  why: 'Its query reads all that is there under one snapshot: the migration takes as long as that, keeps its locks meanwhile, and VACUUM can clear nothing that is newer.',
  instead:
    'CREATE MATERIALIZED VIEW … WITH NO DATA, then REFRESH MATERIALIZED VIEW by itself, before the code that reads it goes out.',
  aliases: { MigrationPilot: ['MP096'] },
  needs: 'static',
  claims: [{ scan: true }],
  bad: [
    { sql: 'CREATE MATERIALIZED VIEW totals AS SELECT user_id, sum(total) FROM orders GROUP BY user_id;' },
    {
      sql: 'CREATE MATERIALIZED VIEW IF NOT EXISTS names AS SELECT u.name, count(*) FROM users u JOIN orders o ON o.user_id = u.id GROUP BY u.name;',
    },
  ],
  good: [
    { sql: 'CREATE MATERIALIZED VIEW totals AS SELECT user_id, sum(total) FROM orders GROUP BY user_id WITH NO DATA;' },
    { sql: 'CREATE MATERIALIZED VIEW IF NOT EXISTS order_totals AS SELECT user_id FROM orders;' },
    { sql: 'CREATE VIEW totals AS SELECT user_id, sum(total) FROM orders GROUP BY user_id;' },
    { sql: 'CREATE TABLE drafts (id bigint);\nCREATE MATERIALIZED VIEW draft_count AS SELECT count(*) FROM drafts;' },
    { sql: 'CREATE MATERIALIZED VIEW numbers AS SELECT generate_series(1, 10) AS number;' },
  ],
  on: ['CreateTableAsStmt'],
  check({ node }, context) {
    if (!('CreateTableAsStmt' in node) || node.CreateTableAsStmt.objtype !== 'OBJECT_MATVIEW') return [];
    const { into, query, if_not_exists } = node.CreateTableAsStmt;
    const isThere = if_not_exists === true && relationOf(context.catalog, into?.rel) !== undefined;
    const named = [...nodesIn(query)].flatMap((one) => ('RangeVar' in one ? [one.RangeVar] : []));
    const old = named.filter((name) => !isNew(context, name));
    if (into?.skipData === true || isThere || old.length === 0) return [];
    const scans = relationsRead(query, context.catalog).map(keyOf);
    return [
      {
        message: `${writtenName(into?.rel)} is filled at once: its query reads ${namesInWords(old.map(writtenName))} while the migration waits.`,
        effects: { scans },
      },
    ];
  },
};
