import { rangeOf } from '../../lint/catalog/apply-drop.ts';
import type { Rule } from '../../rule.ts';

export const dropOrChangeView: Rule = {
  id: 'bc/drop-or-change-view',
  severity: 'warning',
  summary: 'A view that is there is dropped, and code that reads it fails',
  why: 'A view is what other code and other teams were promised. Dropped, every query of it fails, and its grants are gone when it is made anew; CREATE OR REPLACE keeps both and can only add columns at its end.',
  instead:
    'CREATE OR REPLACE VIEW with the old columns first, or a second view with a version in its name; drop the old one when nobody reads it.',
  aliases: { MigrationPilot: ['MP052'] },
  needs: 'schema',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { sql: 'DROP VIEW user_names;' },
    { sql: 'DROP MATERIALIZED VIEW order_totals;' },
    { sql: 'DROP VIEW IF EXISTS user_names CASCADE;' },
  ],
  good: [
    { sql: 'CREATE OR REPLACE VIEW user_names AS SELECT id, name, email FROM users;' },
    { sql: 'CREATE VIEW drafts AS SELECT 1 AS one;\nDROP VIEW drafts;' },
    { sql: 'DROP VIEW IF EXISTS drafts;' },
    {
      sql: 'DROP VIEW user_names;\nCREATE VIEW user_names AS SELECT id, name FROM users;',
      inTransaction: true,
    },
  ],
  on: ['DropStmt'],
  onFileWith: ['DropStmt'],
  check: () => [],
  checkFile(units) {
    return units.flatMap((unit, place) => {
      if (!('DropStmt' in unit.node)) return [];
      const { removeType, objects = [] } = unit.node.DropStmt;
      if (removeType !== 'OBJECT_VIEW' && removeType !== 'OBJECT_MATVIEW') return [];
      const isOld = unit.effects.locks.length > 0;
      const made = units.slice(place).flatMap(({ node }) => {
        if ('ViewStmt' in node) return [node.ViewStmt.view?.relname];
        return 'CreateTableAsStmt' in node ? [node.CreateTableAsStmt.into?.rel?.relname] : [];
      });
      const gone = objects.map(rangeOf).filter(({ relname }) => !made.includes(relname));
      if (!isOld || gone.length === 0) return [];
      const names = gone.map(({ relname }) => relname).join(', ');
      return [{ unit, message: `Whoever reads ${names} gets an error from now on.` }];
    });
  },
};
