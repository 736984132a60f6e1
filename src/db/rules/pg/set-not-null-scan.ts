import type { AlterTableCmd } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { addedConstraint } from '../../lint/effects/constraint-effects.ts';
import { alteredTable } from '../../lint/questions/altered-table.ts';
import type { Rule } from '../../rule.ts';

export const setNotNullScan: Rule = {
  id: 'pg/set-not-null-scan',
  severity: 'error',
  summary: 'A column is made NOT NULL, for which every row is read while nobody can use the table',
  why: 'The server looks at every row for a NULL under ACCESS EXCLUSIVE. Where a valid CHECK (column IS NOT NULL) stands already it believes that and reads nothing; one that is NOT VALID does not count.',
  instead:
    'ADD CONSTRAINT … CHECK (column IS NOT NULL) NOT VALID, VALIDATE CONSTRAINT in a later transaction, then SET NOT NULL and DROP CONSTRAINT; from PostgreSQL 18 ADD CONSTRAINT … NOT NULL column NOT VALID, then VALIDATE. `godwit plan --from FILE` makes the plan.',
  aliases: {
    squawk: ['adding-not-nullable-field'],
    eugene: ['E2'],
    strong_migrations: ['change_column_null_postgresql'],
    atlas: ['PG303', 'MF104'],
    'pg-schema-diff': ['ACQUIRES_ACCESS_EXCLUSIVE_LOCK'],
    MigrationPilot: ['MP002', 'MP018', 'MP081'],
  },
  needs: 'schema',
  claims: [{ lock: 'ACCESS EXCLUSIVE', scan: true }],
  bad: [
    { sql: 'ALTER TABLE users ALTER COLUMN name SET NOT NULL;' },
    { sql: 'ALTER TABLE events ALTER COLUMN payload SET NOT NULL;' },
    {
      sql: 'ALTER TABLE users ADD CONSTRAINT named CHECK (name IS NOT NULL) NOT VALID;\nALTER TABLE users ALTER COLUMN name SET NOT NULL;',
    },
    {
      given: "ALTER TABLE users ADD CONSTRAINT named CHECK (name <> '');",
      sql: 'ALTER TABLE users ALTER COLUMN name SET NOT NULL;',
    },
    { sql: 'ALTER TABLE users ALTER COLUMN age SET NOT NULL, ALTER COLUMN name SET NOT NULL;', findings: 2 },
    { sql: 'ALTER TABLE users ADD CONSTRAINT named NOT NULL name;', from: 18 },
    { sql: 'ALTER TABLE events ADD NOT NULL payload;', from: 18 },
    {
      given: 'UPDATE users SET code = id;\nALTER TABLE users ADD CONSTRAINT users_code_set CHECK (code IS NOT NULL);',
      sql: 'ALTER TABLE users ALTER COLUMN code SET NOT NULL, DROP CONSTRAINT users_code_set;',
    },
  ],
  good: [
    {
      given: 'ALTER TABLE users ADD CONSTRAINT named CHECK (name IS NOT NULL);',
      sql: 'ALTER TABLE users ALTER COLUMN name SET NOT NULL;\nALTER TABLE users DROP CONSTRAINT named;',
    },
    {
      given: 'ALTER TABLE users ADD CONSTRAINT named CHECK (name IS NOT NULL AND age > 0);',
      sql: 'ALTER TABLE users ALTER COLUMN name SET NOT NULL;',
    },
    {
      given: 'ALTER TABLE events ADD CONSTRAINT with_payload CHECK (payload IS NOT NULL);',
      sql: 'ALTER TABLE events ALTER COLUMN payload SET NOT NULL;',
    },
    {
      given: 'ALTER TABLE users ADD CONSTRAINT named CHECK (name IS NOT NULL);',
      sql: 'ALTER TABLE users RENAME COLUMN name TO title;\nALTER TABLE users ALTER COLUMN title SET NOT NULL;',
    },
    { sql: 'ALTER TABLE users ALTER COLUMN email SET NOT NULL;' },
    { sql: 'CREATE TABLE drafts (title text);\nALTER TABLE drafts ALTER COLUMN title SET NOT NULL;' },
    { sql: 'ALTER TABLE users ADD CONSTRAINT named NOT NULL name NOT VALID;', from: 18 },
    {
      given: 'ALTER TABLE users ADD CONSTRAINT named CHECK (name IS NOT NULL);',
      sql: 'ALTER TABLE users ADD CONSTRAINT needed NOT NULL name;',
      from: 18,
    },
    { sql: 'ALTER TABLE users ADD NOT NULL email;', from: 18 },
  ],
  on: ['AT_SetNotNull', 'AT_AddConstraint'],
  check(unit, context) {
    const table = alteredTable(unit, context);
    const column = table === undefined ? undefined : columnOf(table.command);
    if (table === undefined || column === undefined || unit.effects.scans.length === 0) return [];
    // A constraint that was made elsewhere and is validated first may be the proof.
    const mayBeProven = context.file.units.some(
      (earlier) =>
        earlier.kind === 'AT_ValidateConstraint' &&
        alteredTable(earlier, context)?.name === table.name &&
        table.relation?.constraints.has(earlier.command?.name ?? '') !== true,
    );
    return [
      {
        ...(mayBeProven ? { severity: 'warning' } : {}),
        message: `Every row of ${table.said} is read for a NULL in ${column} while nobody can read or write it.`,
      },
    ];
  },
};

/** The column that a command makes NOT NULL: by SET NOT NULL, or by a constraint (from PostgreSQL 18). */
function columnOf(command: AlterTableCmd): string | undefined {
  const constraint = addedConstraint(command);
  if (constraint === undefined) return command.name;
  return constraint.contype === 'CONSTR_NOTNULL' ? stringsOf(constraint.keys)[0] : undefined;
}
