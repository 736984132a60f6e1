import { typeChange } from '../../lint/effects/type-change.ts';
import { viewsOnColumn } from '../../lint/effects/type-dependants.ts';
import { alteredTable } from '../../lint/questions/altered-table.ts';
import type { Rule } from '../../rule.ts';

export const alterTypeDependentView: Rule = {
  id: 'pg/alter-type-dependent-view',
  severity: 'error',
  summary: 'The type of a column is changed that a view reads, which fails',
  why: 'The server refuses to change the type of a column that a view or materialized view reads (0A000), also where the change would be free.',
  instead:
    'DROP VIEW, ALTER COLUMN … TYPE and CREATE VIEW in one transaction, with the grants of the view given again.',
  aliases: { MigrationPilot: ['MP052'] },
  needs: 'schema',
  claims: [{ fails: '0A000' }],
  bad: [
    {
      given: 'CREATE VIEW places AS SELECT * FROM countries UNION ALL SELECT * FROM countries;',
      sql: 'ALTER TABLE countries ALTER COLUMN name TYPE varchar;',
    },
    { sql: 'ALTER TABLE users ALTER COLUMN name TYPE varchar(200);' },
    { sql: 'ALTER TABLE orders ALTER COLUMN total TYPE bigint;' },
    {
      given:
        'CREATE VIEW big AS SELECT id FROM users u WHERE EXISTS (SELECT FROM orders o WHERE o.user_id = u.id AND o.note = code);',
      sql: 'ALTER TABLE users ALTER COLUMN code TYPE text;',
    },
    {
      given:
        'ALTER TABLE countries ADD COLUMN kind text;\nALTER TABLE notes ADD COLUMN kind text;\nCREATE VIEW kinds AS SELECT body FROM notes JOIN countries USING (kind);',
      sql: 'ALTER TABLE notes ALTER COLUMN kind TYPE varchar;',
    },
    {
      given: 'CREATE VIEW everyone AS SELECT * FROM users;',
      sql: 'ALTER TABLE users ALTER COLUMN code TYPE text;',
    },
  ],
  good: [
    {
      given: 'CREATE VIEW rows_of_notes AS SELECT row_to_json(n) AS row FROM notes n;',
      sql: 'ALTER TABLE notes ALTER COLUMN body TYPE varchar;',
    },
    {
      given:
        'CREATE VIEW badges AS SELECT id, (SELECT name FROM countries WHERE countries.code = u.country) FROM users u;',
      sql: 'DROP VIEW user_names;\nALTER TABLE users ALTER COLUMN name TYPE varchar(200);',
    },
    {
      given: 'CREATE VIEW crowded AS WITH notes AS (SELECT name AS body FROM countries) SELECT body FROM notes;',
      sql: 'ALTER TABLE notes ALTER COLUMN body TYPE varchar;',
    },
    {
      given: 'CREATE VIEW crowd AS SELECT *, (SELECT count(*) FROM users) AS people FROM countries;',
      sql: 'ALTER TABLE users ALTER COLUMN code TYPE text;',
    },
    {
      given: 'CREATE VIEW order_owners AS SELECT o.id, u.name FROM orders o JOIN users u ON u.id = o.user_id;',
      sql: 'ALTER TABLE orders ALTER COLUMN note TYPE varchar;',
    },
    {
      given: 'CREATE VIEW order_words AS SELECT o.note, (SELECT count(*) FROM users) AS people FROM orders o;',
      sql: 'ALTER TABLE users ALTER COLUMN code TYPE text;',
    },
    { sql: 'ALTER TABLE users ALTER COLUMN code TYPE text;' },
    {
      sql: 'DROP VIEW user_names;\nALTER TABLE users ALTER COLUMN name TYPE varchar;\nCREATE VIEW user_names AS SELECT id, name FROM users;',
    },
    { sql: 'ALTER TABLE orders ALTER COLUMN note TYPE varchar;' },
  ],
  on: ['AT_AlterColumnType'],
  check(unit, context) {
    const table = alteredTable(unit, context);
    const change = table === undefined ? undefined : typeChange(table.command, table.relation);
    if (table === undefined || change === undefined) return [];
    const views = viewsOnColumn(table.relation, change.column, context.catalog).map(({ name }) => name);
    if (views.length === 0) return [];
    const which = `${views.length === 1 ? 'view' : 'views'} ${views.join(', ')}`;
    return [
      {
        message: `The ${which} would read ${table.said}.${change.column} of another type: the server refuses the change.`,
      },
    ];
  },
};
