import type { AlterTableCmd } from 'libpg-query';
import { fullName } from '../../lint/catalog/catalog.ts';
import { earlierInTransaction } from '../../lint/context.ts';
import { addedConstraint } from '../../lint/effects/constraint-effects.ts';
import type { Rule } from '../../rule.ts';

export const validateInSameTx: Rule = {
  id: 'pg/validate-in-same-tx',
  severity: 'error',
  summary: 'A constraint is validated in the transaction that added it, so the strong lock is held while rows are read',
  why: 'A lock is kept until the transaction ends. VALIDATE alone lets everybody work, but behind an ADD … NOT VALID in the same transaction it reads the whole table under the lock of the ADD, which NOT VALID was meant to avoid.',
  instead:
    'Put VALIDATE CONSTRAINT into a migration of its own, or COMMIT before it. `godwit plan --from FILE` makes the plan.',
  aliases: {
    eugene: ['E4'],
    strong_migrations: ['validate_foreign_key', 'validate_check_constraint'],
  },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE', scan: true }],
  bad: [
    {
      sql: 'ALTER TABLE users ADD CONSTRAINT users_age_limit CHECK (age < 200) NOT VALID;\nALTER TABLE users VALIDATE CONSTRAINT users_age_limit;',
      inTransaction: true,
    },
    {
      sql: 'ALTER TABLE items ADD CONSTRAINT items_order_fkey FOREIGN KEY (order_id) REFERENCES orders (id) NOT VALID;\nALTER TABLE items VALIDATE CONSTRAINT items_order_fkey;',
      inTransaction: true,
      claim: { lock: 'SHARE ROW EXCLUSIVE', scan: true },
    },
    {
      sql: 'ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders (id) NOT VALID;\nALTER TABLE items VALIDATE CONSTRAINT items_order_id_fkey;',
      inTransaction: true,
      claim: { lock: 'SHARE ROW EXCLUSIVE', scan: true },
    },
    {
      sql: 'ALTER TABLE users ADD CONSTRAINT users_code NOT NULL code NOT VALID;\nALTER TABLE users VALIDATE CONSTRAINT users_code;',
      inTransaction: true,
      from: 18,
    },
  ],
  good: [
    {
      sql: 'BEGIN;\nALTER TABLE users ADD CONSTRAINT users_age_limit CHECK (age < 200) NOT VALID;\nCOMMIT;\nBEGIN;\nALTER TABLE users VALIDATE CONSTRAINT users_age_limit;\nCOMMIT;',
    },
    {
      sql: 'ALTER TABLE users VALIDATE CONSTRAINT users_age_limit;',
      given: 'ALTER TABLE users ADD CONSTRAINT users_age_limit CHECK (age < 200) NOT VALID;',
      inTransaction: true,
    },
    {
      sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts ADD CONSTRAINT drafts_id CHECK (id > 0) NOT VALID;\nALTER TABLE drafts VALIDATE CONSTRAINT drafts_id;',
      inTransaction: true,
    },
  ],
  on: ['AT_ValidateConstraint'],
  check(unit, context) {
    const { node, command, effects } = unit;
    if (!('AlterTableStmt' in node) || command === undefined || effects.scans.length === 0) return [];
    const table = fullName(context.catalog, node.AlterTableStmt.relation);
    const adding = earlierInTransaction(unit, context).find(
      (earlier) =>
        'AlterTableStmt' in earlier.node &&
        fullName(context.catalog, earlier.node.AlterTableStmt.relation) === table &&
        earlier.command !== undefined &&
        adds(earlier.command, command.name ?? ''),
    );
    if (adding === undefined) return [];
    const message = `${command.name} is validated in the transaction that adds it: every row of ${node.AlterTableStmt.relation?.relname} is read while the lock of the ADD is held.`;
    // Where nobody knows whether the file is one transaction, it depends on who runs it.
    const severity = unit.statement.isInTransaction ? 'error' : 'warning';
    return [{ message, severity, effects: { locks: [...adding.effects.locks, ...effects.locks] } }];
  },
};

/** An unnamed constraint gets its columns into its name, so the table alone decides for it. */
function adds(command: AlterTableCmd, name: string): boolean {
  const constraint = addedConstraint(command);
  if (constraint?.skip_validation !== true) return false;
  return constraint.conname === undefined || constraint.conname === name;
}
