import { afterAll, beforeAll, test } from 'vitest';
import { createDatabase, type TestDatabase } from './support/database.ts';
import { livesOrIsRefused, pairsOf, type Statements } from './support/pairs.ts';
import { sampled } from './support/sampled.ts';

/** Statements over one column, which is called `c` where they are written. */
const onColumn: Statements = {
  'rename-column': 'ALTER TABLE users RENAME COLUMN "c" TO renamed',
  'add-column': 'ALTER TABLE users ADD COLUMN "c" integer',
  'drop-column': 'ALTER TABLE users DROP COLUMN "c"',
  'change-type': 'ALTER TABLE users ALTER COLUMN "c" TYPE bigint',
  'set-default': 'ALTER TABLE users ALTER COLUMN "c" SET DEFAULT 7',
  'drop-default': 'ALTER TABLE users ALTER COLUMN "c" DROP DEFAULT',
  'set-not-null': 'ALTER TABLE users ALTER COLUMN "c" SET NOT NULL',
  'drop-not-null': 'ALTER TABLE users ALTER COLUMN "c" DROP NOT NULL',
  'create-index': 'CREATE INDEX on_it ON users ("c")',
  'add-constraint': 'ALTER TABLE users ADD CONSTRAINT on_it UNIQUE ("c")',
  'drop-constraint': 'ALTER TABLE users DROP CONSTRAINT grown',
  'update-rows': 'UPDATE users SET "c" = "c" + 100 WHERE id > 10',
  'delete-rows': 'DELETE FROM users WHERE "c" > 15',
};

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

for (const [first, second] of sampled(pairsOf(onColumn), 5, 3)) {
  test(`${first}, ${second}`, () => {
    const column = [first, second].includes('drop-not-null') ? 'score' : 'age';
    const renamed = first === 'rename-column' ? 'renamed' : column;
    const then = (onColumn[second] ?? '')
      .replaceAll('"c"', renamed)
      .replace(/renamed$/, first === second ? 'again' : 'renamed');
    return livesOrIsRefused(`${onColumn[first]?.replaceAll('"c"', column)};\n${then}`, database);
  });
}
