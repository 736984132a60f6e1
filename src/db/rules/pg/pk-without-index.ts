import { addedConstraint } from '../../lint/effects/constraint-effects.ts';
import type { Rule } from '../../rule.ts';

export const pkWithoutIndex: Rule = {
  id: 'pg/pk-without-index',
  severity: 'error',
  summary: 'A primary key builds its index while nobody can use the table',
  why: 'ADD PRIMARY KEY holds ACCESS EXCLUSIVE until every row has been read and its index built; columns that may be null are read once more. Reads and writes wait for as long as the table is large.',
  instead:
    'CREATE UNIQUE INDEX CONCURRENTLY, make the columns NOT NULL by a CHECK (… IS NOT NULL) NOT VALID that is validated later, then ALTER TABLE … ADD CONSTRAINT … PRIMARY KEY USING INDEX. `godwit plan --from FILE` makes the plan.',
  aliases: {
    atlas: ['PG104'],
    pgsafe: ['add-primary-key-without-index'],
  },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE', build: true }],
  bad: [
    { sql: 'ALTER TABLE notes ADD PRIMARY KEY (id);' },
    { sql: 'ALTER TABLE events_2026 ADD CONSTRAINT events_2026_pkey PRIMARY KEY (id, happened_on);' },
    { sql: 'ALTER TABLE events ADD PRIMARY KEY (id, happened_on);' },
  ],
  good: [
    { sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts ADD PRIMARY KEY (id);' },
    {
      sql: 'ALTER TABLE notes ADD CONSTRAINT notes_pkey PRIMARY KEY USING INDEX notes_id;',
      given: 'CREATE UNIQUE INDEX notes_id ON notes (id);\nALTER TABLE notes ALTER COLUMN id SET NOT NULL;',
    },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY);' },
  ],
  on: ['AT_AddConstraint'],
  check({ node, command, effects }) {
    const constraint = command === undefined ? undefined : addedConstraint(command);
    if (!('AlterTableStmt' in node) || constraint?.contype !== 'CONSTR_PRIMARY') return [];
    if (effects.builds.length === 0) return [];
    const table = node.AlterTableStmt.relation?.relname;
    return [{ message: `A primary key is added to ${table}: its index is built while nobody can use the table.` }];
  },
};
