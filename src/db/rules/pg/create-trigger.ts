import { rangeOf } from '../../lint/catalog/apply-drop.ts';
import { relationOf } from '../../lint/catalog/catalog.ts';
import { isNew } from '../../lint/context.ts';
import { namesInWords, writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const createTrigger: Rule = {
  id: 'pg/create-trigger',
  severity: 'advice',
  summary: 'A trigger is made or dropped, for which writes or all users of the table wait',
  why: 'CREATE TRIGGER takes SHARE ROW EXCLUSIVE, DROP TRIGGER even ACCESS EXCLUSIVE. Both are done in an instant, but they wait behind long transactions, and others wait behind them.',
  instead:
    'Set lock_timeout and try again where it runs out. From PostgreSQL 14 on CREATE OR REPLACE TRIGGER replaces one without dropping it.',
  aliases: { atlas: ['PG308'], MigrationPilot: ['MP090'], pgsafe: ['add-trigger'] },
  needs: 'static',
  claims: [{ lock: 'SHARE ROW EXCLUSIVE' }],
  bad: [
    { sql: 'CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();' },
    { sql: 'CREATE TRIGGER events_touch AFTER UPDATE ON events FOR EACH ROW EXECUTE FUNCTION touch();' },
    { sql: 'CREATE TRIGGER events_done AFTER UPDATE ON events FOR EACH STATEMENT EXECUTE FUNCTION touch();' },
    { sql: 'DROP TRIGGER users_touch ON users;', claim: { lock: 'ACCESS EXCLUSIVE' } },
  ],
  good: [
    {
      sql: 'CREATE TABLE drafts (id bigint, updated_at timestamptz);\nCREATE TRIGGER drafts_touch BEFORE UPDATE ON drafts FOR EACH ROW EXECUTE FUNCTION touch();',
    },
    { sql: 'DROP TRIGGER IF EXISTS never_was ON users;' },
    { sql: 'CREATE TRIGGER names INSTEAD OF UPDATE ON user_names FOR EACH ROW EXECUTE FUNCTION touch();' },
  ],
  on: ['CreateTrigStmt', 'DropStmt'],
  check({ node, effects }, context) {
    if ('CreateTrigStmt' in node) {
      const { relation, trigname } = node.CreateTrigStmt;
      const isView = relationOf(context.catalog, relation)?.kind === 'view';
      if (isView || isNew(context, relation)) return [];
      return [
        {
          message: `Writes of ${writtenName(relation)} wait while trigger ${trigname} is made, and it waits for those before it.`,
        },
      ];
    }
    if (!('DropStmt' in node) || node.DropStmt.removeType !== 'OBJECT_TRIGGER' || effects.locks.length === 0) return [];
    const triggers = (node.DropStmt.objects ?? []).map((object) => rangeOf(object).relname ?? '');
    const tables = namesInWords(effects.locks.map(({ relation }) => relation));
    return [
      { message: `Nobody can use ${tables} at the moment at which trigger ${namesInWords(triggers)} is dropped.` },
    ];
  },
};
