import { addedConstraint } from '../../lint/effects/constraint-effects.ts';
import type { Rule } from '../../rule.ts';

export const checkWithoutNotValid: Rule = {
  id: 'pg/check-without-not-valid',
  severity: 'error',
  summary: 'A CHECK is added that makes the server read the whole table behind the strongest lock',
  why: 'ADD CONSTRAINT … CHECK holds ACCESS EXCLUSIVE while every row is looked at. Nobody reads or writes the table for as long as it is large.',
  instead:
    'ADD CONSTRAINT … CHECK (…) NOT VALID, which holds for new rows at once, and in a later transaction ALTER TABLE … VALIDATE CONSTRAINT, which reads the rows while everybody works. `godwit plan --from FILE` makes the plan.',
  aliases: {
    squawk: ['constraint-missing-not-valid'],
    eugene: ['E1'],
    strong_migrations: ['add_check_constraint'],
    atlas: ['PG305'],
    MigrationPilot: ['MP030'],
  },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE', scan: true }],
  bad: [
    { sql: 'ALTER TABLE users ADD CONSTRAINT users_age_limit CHECK (age < 200);' },
    { sql: 'ALTER TABLE users ADD CHECK (balance >= 0 OR age > 17);' },
    { sql: 'ALTER TABLE events ADD CONSTRAINT events_id CHECK (id > 0);' },
    { sql: 'ALTER TABLE items ADD COLUMN weight integer, ADD CONSTRAINT items_weight CHECK (weight > 0);' },
  ],
  good: [
    { sql: 'ALTER TABLE users ADD CONSTRAINT users_age_limit CHECK (age < 200) NOT VALID;' },
    { sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts ADD CONSTRAINT drafts_id CHECK (id > 0);' },
    { sql: 'CREATE TEMPORARY TABLE drafts (id bigint);\nALTER TABLE drafts ADD CONSTRAINT drafts_id CHECK (id > 0);' },
    { sql: 'ALTER TABLE users ADD CONSTRAINT users_age_limit CHECK (age < 200) NOT ENFORCED;', from: 18 },
    { sql: 'ALTER TABLE users VALIDATE CONSTRAINT users_age_check;' },
  ],
  on: ['AT_AddConstraint'],
  check({ node, command, effects }) {
    const constraint = command === undefined ? undefined : addedConstraint(command);
    if (!('AlterTableStmt' in node) || constraint?.contype !== 'CONSTR_CHECK' || effects.scans.length === 0) return [];
    const table = node.AlterTableStmt.relation?.relname;
    const name = constraint.conname === undefined ? 'A CHECK' : `CHECK ${constraint.conname}`;
    return [{ message: `${name} is added to ${table}: every row is read while nobody can use the table.` }];
  },
};
