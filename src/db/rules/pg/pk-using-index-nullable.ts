import { relationOf } from '../../lint/catalog/catalog.ts';
import { addedConstraint, nullableKeys } from '../../lint/effects/constraint-effects.ts';
import type { Rule } from '../../rule.ts';

export const pkUsingIndexNullable: Rule = {
  id: 'pg/pk-using-index-nullable',
  severity: 'error',
  summary: 'A primary key takes a ready index, but its column may be null, so every row is read',
  why: 'PRIMARY KEY USING INDEX makes its columns NOT NULL. Where nothing proves that none is null, the server reads the whole table under ACCESS EXCLUSIVE.',
  instead:
    'First ADD CONSTRAINT … CHECK (column IS NOT NULL) NOT VALID and, in a later transaction, VALIDATE it: then neither SET NOT NULL nor the primary key reads the rows. `godwit plan --from FILE` makes the plan.',
  aliases: { eugene: ['W14'], atlas: ['PG304'] },
  needs: 'schema',
  claims: [{ lock: 'ACCESS EXCLUSIVE', scan: true }],
  bad: [
    {
      sql: 'ALTER TABLE notes ADD CONSTRAINT notes_pkey PRIMARY KEY USING INDEX notes_id;',
      given: 'CREATE UNIQUE INDEX notes_id ON notes (id);',
    },
    {
      sql: 'CREATE UNIQUE INDEX CONCURRENTLY notes_id ON notes (id);\nALTER TABLE notes ADD CONSTRAINT notes_pkey PRIMARY KEY USING INDEX notes_id;',
    },
    {
      sql: 'ALTER TABLE notes ADD PRIMARY KEY USING INDEX notes_id;',
      given:
        'CREATE UNIQUE INDEX notes_id ON notes (id);\nALTER TABLE notes ADD CONSTRAINT notes_set CHECK (id IS NOT NULL) NOT VALID;',
    },
  ],
  good: [
    {
      sql: 'ALTER TABLE notes ADD CONSTRAINT notes_pkey PRIMARY KEY USING INDEX notes_id;',
      given: 'CREATE UNIQUE INDEX notes_id ON notes (id);\nALTER TABLE notes ADD CHECK (id IS NOT NULL);',
    },
    {
      sql: 'ALTER TABLE events_2026 ADD CONSTRAINT events_2026_pkey PRIMARY KEY USING INDEX events_2026_id;',
      given: 'CREATE UNIQUE INDEX events_2026_id ON events_2026 (id);',
    },
    {
      sql: 'ALTER TABLE notes ADD CONSTRAINT notes_key UNIQUE USING INDEX notes_id;',
      given: 'CREATE UNIQUE INDEX notes_id ON notes (id);',
    },
  ],
  on: ['AT_AddConstraint'],
  check({ node, command, effects }, { catalog }) {
    const constraint = command === undefined ? undefined : addedConstraint(command);
    if (!('AlterTableStmt' in node) || constraint?.contype !== 'CONSTR_PRIMARY') return [];
    if (constraint.indexname === undefined || effects.scans.length === 0) return [];
    const { relation } = node.AlterTableStmt;
    const columns = nullableKeys(constraint, relationOf(catalog, relation)).join(', ');
    const message = `The primary key upon index ${constraint.indexname} makes ${columns} NOT NULL: every row of ${relation?.relname} is read while nobody can use the table.`;
    return [{ message }];
  },
};
