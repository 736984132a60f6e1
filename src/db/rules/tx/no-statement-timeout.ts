import { isLong, tablesHeld } from '../../lint/questions/held-locks.ts';
import { isLimited } from '../../lint/settings.ts';
import type { Rule } from '../../rule.ts';

export const noStatementTimeout: Rule = {
  id: 'tx/no-statement-timeout',
  severity: 'advice',
  summary: 'Work under a strong lock has no statement_timeout',
  why: 'A statement that reads or writes a whole table under a strong lock takes as long as the table is large. A statement_timeout ends it before the outage does.',
  instead: "SET statement_timeout to what the application can bear (for example '5s') before it, and back after it.",
  aliases: {
    squawk: ['require-statement-timeout'],
    strong_migrations: ['statement_timeout'],
    MigrationPilot: ['MP020'],
  },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'ALTER TABLE users ADD CONSTRAINT users_code_check CHECK (length(code) < 30);' },
    { sql: "SET lock_timeout = '1s';\nALTER TABLE items ALTER COLUMN quantity TYPE bigint;" },
  ],
  good: [
    {
      sql: "SET statement_timeout = '5s';\nALTER TABLE users ADD CONSTRAINT users_code_check CHECK (length(code) < 30);",
    },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;' },
    { sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);' },
  ],
  on: ['*'],
  check(unit, { file, settings }) {
    const isStrongWork = isLong(unit) && tablesHeld(unit).length > 0;
    if (!isStrongWork || isLimited(settings, 'statement_timeout')) return [];
    if (file.units.some((earlier) => isLong(earlier) && tablesHeld(earlier).length > 0)) return [];
    return [{ message: 'Nothing ends this statement if it takes longer than the application can wait.' }];
  },
};
