import { isNew } from '../../lint/context.ts';
import { writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const createRule: Rule = {
  id: 'pg/create-rule',
  severity: 'advice',
  summary: 'A rewrite rule is made on a table',
  why: 'CREATE RULE takes ACCESS EXCLUSIVE on the table. A rule rewrites whole statements rather than rows: RETURNING, COPY and the count of rows do other things than people expect.',
  instead:
    'A trigger, which takes a weaker lock and runs for the rows that are written; for views an INSTEAD OF trigger.',
  aliases: {},
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { sql: 'CREATE RULE items_stay AS ON DELETE TO items DO INSTEAD NOTHING;' },
    {
      sql: "CREATE OR REPLACE RULE items_noted AS ON INSERT TO items DO ALSO INSERT INTO notes VALUES (NEW.id, 'new');",
    },
  ],
  good: [
    { sql: 'CREATE TRIGGER items_stay BEFORE DELETE ON items FOR EACH ROW EXECUTE FUNCTION touch();' },
    { sql: 'CREATE TABLE drafts (id bigint);\nCREATE RULE drafts_stay AS ON DELETE TO drafts DO INSTEAD NOTHING;' },
    {
      sql: 'CREATE VIEW order_notes AS SELECT id, note FROM orders;\nCREATE RULE order_notes_stay AS ON DELETE TO order_notes DO INSTEAD NOTHING;',
    },
  ],
  on: ['RuleStmt'],
  check({ node }, context) {
    if (!('RuleStmt' in node) || isNew(context, node.RuleStmt.relation)) return [];
    const { relation, rulename } = node.RuleStmt;
    return [
      {
        message: `Nobody can use ${writtenName(relation)} at the moment at which rule ${rulename} is made, and it rewrites all statements of its kind from then on.`,
      },
    ];
  },
};
