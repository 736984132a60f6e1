import { addedConstraint } from '../../lint/effects/constraint-effects.ts';
import type { Rule } from '../../rule.ts';

export const exclusionConstraint: Rule = {
  id: 'pg/exclusion-constraint',
  severity: 'error',
  summary: 'An EXCLUDE constraint builds its index while nobody can use the table',
  why: 'ADD CONSTRAINT … EXCLUDE holds ACCESS EXCLUSIVE until every row has been read and compared. It has neither NOT VALID nor USING INDEX, so there is no gentle form.',
  instead:
    'Where the table is large, copy it into a new one that has the constraint from the start and swap the two, or let a trigger refuse what overlaps; else run it off-peak with a short lock_timeout.',
  aliases: { eugene: ['E8'], strong_migrations: ['add_exclusion_constraint'], MigrationPilot: ['MP031'] },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE', build: true }],
  bad: [
    { sql: 'ALTER TABLE items ADD CONSTRAINT items_apart EXCLUDE USING btree (id WITH =);' },
    {
      sql: 'ALTER TABLE shifts ADD EXCLUDE USING gist (during WITH &&);',
      given: 'CREATE TABLE shifts (during tstzrange);',
    },
    {
      sql: 'ALTER TABLE users ADD CONSTRAINT users_apart EXCLUDE USING btree (email WITH =) WHERE (age > 0);',
    },
  ],
  good: [
    { sql: 'CREATE TABLE shifts (during tstzrange, EXCLUDE USING gist (during WITH &&));' },
    { sql: 'CREATE TABLE shifts (during tstzrange);\nALTER TABLE shifts ADD EXCLUDE USING gist (during WITH &&);' },
    { sql: 'ALTER TABLE users ADD CONSTRAINT users_age_limit CHECK (age < 200) NOT VALID;' },
  ],
  on: ['AT_AddConstraint'],
  check({ node, command, effects }) {
    const constraint = command === undefined ? undefined : addedConstraint(command);
    if (!('AlterTableStmt' in node) || constraint?.contype !== 'CONSTR_EXCLUSION') return [];
    if (effects.builds.length === 0) return [];
    const table = node.AlterTableStmt.relation?.relname;
    const name =
      constraint.conname === undefined ? 'An EXCLUDE constraint' : `EXCLUDE constraint ${constraint.conname}`;
    return [{ message: `${name} is added to ${table}: its index is built while nobody can use the table.` }];
  },
};
