import { isUnenforced } from '../../lint/catalog/add-constraint.ts';
import { declaredConstraints, declaring } from '../../lint/questions/declared-constraints.ts';
import type { Rule } from '../../rule.ts';

export const notEnforcedConstraint: Rule = {
  id: 'pg/not-enforced-constraint',
  severity: 'advice',
  summary: 'A constraint is NOT ENFORCED, so nothing keeps rows that break it out',
  why: 'From PostgreSQL 18 on a constraint can be a mere note: the server looks at neither old rows nor new ones, and the planner does not rely on it.',
  instead:
    'Where it is meant to hold, write NOT VALID instead of NOT ENFORCED: new rows are looked at, and VALIDATE CONSTRAINT looks at the old ones later.',
  aliases: { MigrationPilot: ['MP082'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'ALTER TABLE users ADD CONSTRAINT users_age_limit CHECK (age < 200) NOT ENFORCED;', from: 18 },
    { sql: 'ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders (id) NOT ENFORCED;', from: 18 },
    { sql: 'CREATE TABLE drafts (id bigint, size integer CHECK (size > 0) NOT ENFORCED);', from: 18 },
    { sql: 'ALTER TABLE orders ALTER CONSTRAINT orders_user_fkey NOT ENFORCED;', from: 18 },
  ],
  good: [
    { sql: 'ALTER TABLE users ADD CONSTRAINT users_age_limit CHECK (age < 200) NOT VALID;' },
    { sql: 'CREATE TABLE drafts (id bigint, size integer CHECK (size > 0) ENFORCED);', from: 18 },
    { sql: 'ALTER TABLE orders ALTER CONSTRAINT orders_user_fkey DEFERRABLE;' },
  ],
  on: [...declaring, 'AT_AlterConstraint'],
  check(unit, context) {
    const { node, command } = unit;
    const def = command?.def;
    if ('AlterTableStmt' in node && def !== undefined && 'ATAlterConstraint' in def) {
      const { conname, alterEnforceability, is_enforced } = def.ATAlterConstraint;
      if (alterEnforceability !== true || is_enforced === true) return [];
      const table = node.AlterTableStmt.relation?.relname;
      return [{ message: `Constraint ${conname} of ${table} is enforced no longer: rows that break it come in.` }];
    }
    return declaredConstraints(unit, context).flatMap(({ constraint, table, at, column }) => {
      // At a column the words stand in a node of their own.
      const isOff = column === undefined ? isUnenforced(constraint) : constraint.contype === 'CONSTR_ATTR_NOT_ENFORCED';
      if (!isOff) return [];
      const what = constraint.conname === undefined ? 'A constraint' : `Constraint ${constraint.conname}`;
      return [{ message: `${what} of ${table?.relname} is not enforced: rows that break it come in.`, at }];
    });
  },
};
