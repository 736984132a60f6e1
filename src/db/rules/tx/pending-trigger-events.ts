import type { Node, RangeVar } from 'libpg-query';
import { relationsNamed } from '../../lint/catalog/apply-create-table.ts';
import { rangeOf } from '../../lint/catalog/apply-drop.ts';
import { type LintConstraint, type Relation, relationOf } from '../../lint/catalog/catalog.ts';
import { earlierInTransaction, type LintContext } from '../../lint/context.ts';
import { effects } from '../../lint/effects/effects.ts';
import { writtenName } from '../../lint/questions/names-in-words.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

const given =
  'CREATE TABLE visits (id bigint PRIMARY KEY, stars integer, user_id bigint CONSTRAINT visits_user REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO visits SELECT 1, 1, min(id) FROM users;';

export const pendingTriggerEvents: Rule = {
  id: 'tx/pending-trigger-events',
  severity: 'error',
  summary: 'A table is changed while a deferred foreign key still has rows of it to check',
  why: 'A foreign key that is INITIALLY DEFERRED checks at COMMIT the rows that the transaction wrote. Until then ALTER TABLE, CREATE INDEX, TRUNCATE and DROP TABLE refuse the table with 55006, pending trigger events.',
  instead:
    'COMMIT between the two, or SET CONSTRAINTS ALL IMMEDIATE before the change, which has the rows checked there.',
  aliases: {},
  needs: 'schema',
  claims: [{ fails: '55006' }],
  bad: [
    {
      given,
      sql: 'INSERT INTO visits (id) VALUES (2);\nALTER TABLE visits ADD COLUMN note text;',
      inTransaction: true,
    },
    {
      given,
      sql: 'BEGIN;\nUPDATE visits SET user_id = NULL;\nUPDATE visits SET user_id = (SELECT min(id) FROM users);\nALTER TABLE visits ALTER COLUMN stars SET NOT NULL;\nCOMMIT;',
    },
    {
      given: `${given}\nALTER TABLE visits ADD CONSTRAINT visits_other FOREIGN KEY (user_id) REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED;\nALTER TABLE visits DROP CONSTRAINT visits_user;`,
      sql: 'INSERT INTO visits (id) VALUES (2);\nCREATE INDEX visits_stars ON visits (stars);',
      inTransaction: true,
    },
    { given, sql: 'INSERT INTO visits (id) VALUES (2);\nTRUNCATE visits;', inTransaction: true },
    { given, sql: 'INSERT INTO visits (id) VALUES (2);\nDROP TABLE visits;', inTransaction: true },
  ],
  good: [
    { given, sql: 'INSERT INTO visits (id) VALUES (2);\nALTER TABLE visits ADD COLUMN note text;' },
    {
      given,
      sql: 'INSERT INTO visits (id) VALUES (2);\nSET CONSTRAINTS ALL IMMEDIATE;\nALTER TABLE visits ADD COLUMN note text;',
      inTransaction: true,
    },
    {
      given,
      sql: 'UPDATE visits SET stars = 2;\nALTER TABLE visits ADD COLUMN note text;',
      inTransaction: true,
    },
    {
      given,
      sql: 'INSERT INTO visits (id) VALUES (2);\nALTER TABLE users ADD COLUMN note text;',
      inTransaction: true,
    },
    {
      sql: 'UPDATE orders SET user_id = NULL;\nALTER TABLE orders ADD COLUMN code text;',
      inTransaction: true,
    },
    {
      given: 'ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders (id) DEFERRABLE NOT VALID;',
      sql: 'INSERT INTO items SELECT 99999, min(id), 1, 1 FROM orders;\nALTER TABLE items ADD COLUMN code text;',
      inTransaction: true,
    },
    { given, sql: 'DELETE FROM visits;\nALTER TABLE visits ADD COLUMN note text;', inTransaction: true },
  ],
  on: ['*'],
  check(unit, context) {
    const { catalog } = context;
    // Of several commands of one statement the first speaks.
    if (!unit.statement.isInTransaction || (unit.piece ?? 0) > 0) return [];
    return changedTables(unit).flatMap((name) => {
      const relation = relationOf(catalog, name);
      const deferred = [...(relation?.constraints.values() ?? [])].filter(({ isDeferred }) => isDeferred === true);
      if (deferred.length === 0) return [];
      const written = writtenBefore(unit, context);
      const waiting = deferred.find((constraint) => written.some((one) => isQueued(one, relation, constraint)));
      if (waiting === undefined) return [];
      const message = `Rows of ${writtenName(name)} that this transaction writes are checked by ${waiting.name} only at COMMIT: until then this fails with 55006.`;
      return [{ message, effects: effects({ ...unit.effects, fails: '55006' }) }];
    });

    /** Does a statement write rows that the foreign key has to look at? An UPDATE of other columns does not. */
    function isQueued({ node }: Unit, relation: Relation | undefined, { columns }: LintConstraint): boolean {
      if ('InsertStmt' in node) return relationOf(catalog, node.InsertStmt.relation) === relation;
      if (!('UpdateStmt' in node) || relationOf(catalog, node.UpdateStmt.relation) !== relation) return false;
      return (node.UpdateStmt.targetList ?? []).some(
        (target) => 'ResTarget' in target && columns.includes(target.ResTarget.name ?? ''),
      );
    }
  },
};

/** What the transaction did since it last had its constraints checked. */
function writtenBefore(unit: Unit, context: LintContext): readonly Unit[] {
  const earlier = earlierInTransaction(unit, context).filter(({ statement }) => statement !== unit.statement);
  return earlier.slice(earlier.findLastIndex(({ node }) => 'ConstraintsSetStmt' in node) + 1);
}

/** Tables that nobody may be at work on, the own transaction among them. */
function changedTables({ node }: { readonly node: Node }): readonly RangeVar[] {
  if ('AlterTableStmt' in node) return named(node.AlterTableStmt.relation);
  if ('IndexStmt' in node) return named(node.IndexStmt.relation);
  if ('TruncateStmt' in node) return relationsNamed(node.TruncateStmt.relations);
  const isDrop = 'DropStmt' in node && node.DropStmt.removeType === 'OBJECT_TABLE';
  return isDrop ? (node.DropStmt.objects ?? []).map(rangeOf) : [];
}

function named(name: RangeVar | undefined): readonly RangeVar[] {
  return name === undefined ? [] : [name];
}
