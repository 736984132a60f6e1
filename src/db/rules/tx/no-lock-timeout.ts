import { tablesHeld } from '../../lint/questions/held-locks.ts';
import { namesInWords } from '../../lint/questions/names-in-words.ts';
import { isLimited } from '../../lint/settings.ts';
import type { Rule } from '../../rule.ts';

export const noLockTimeout: Rule = {
  id: 'tx/no-lock-timeout',
  severity: 'warning',
  summary: 'A strong lock is asked for without a lock_timeout',
  why: 'A statement that waits for a strong lock queues in front of everybody who comes after it. One long transaction is enough for even a harmless ALTER TABLE to stop the whole table until it gets its turn.',
  instead:
    "SET lock_timeout = '500ms' (2 s at most) before it, and try again with growing pauses where it was not granted; `godwit plan` does both.",
  aliases: {
    squawk: ['require-timeout-settings', 'require-lock-timeout'],
    eugene: ['E9'],
    strong_migrations: ['lock_timeout'],
    MigrationPilot: ['MP004'],
    pgsafe: ['require-timeout'],
  },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;' },
    { sql: 'CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();' },
    { sql: 'SET lock_timeout = 0;\nALTER TABLE users ADD COLUMN nickname text;' },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;\nALTER TABLE orders ADD COLUMN code text;' },
  ],
  good: [
    { sql: "SET lock_timeout = '500ms';\nALTER TABLE users ADD COLUMN nickname text;" },
    { sql: 'BEGIN;\nSET LOCAL lock_timeout TO 1000;\nALTER TABLE users ADD COLUMN nickname text;\nCOMMIT;' },
    { sql: "SELECT set_config('lock_timeout', '1s', false);\nALTER TABLE users ADD COLUMN nickname text;" },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY);\nALTER TABLE drafts ADD COLUMN title text;' },
    { sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);' },
    { sql: 'UPDATE users SET name = NULL WHERE id = 1;' },
  ],
  on: ['*'],
  check(unit, { file, settings }) {
    const tables = tablesHeld(unit);
    if (tables.length === 0 || isLimited(settings, 'lock_timeout')) return [];
    if (file.units.some((earlier) => tablesHeld(earlier).length > 0)) return [];
    return [
      {
        message: `Where ${namesInWords(tables)} ${tables.length === 1 ? 'is' : 'are'} in use, this waits without end, and everybody else behind it.`,
      },
    ];
  },
};
