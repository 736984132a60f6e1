import { describe, expect, it } from 'vitest';
import { recipes } from '#code/recipes/index';
import { sayings } from '../sayings/index.ts';
import { technologyRecipes } from './technologies.ts';
import { commandOf, understand, understood } from './understand.ts';

describe.each(sayings.map((saying) => [saying.name, saying] as const))('%s', (_name, { examples }) => {
  it.each(examples.map(({ says, command }) => [says, command] as const))('%s', (says, command) => {
    const found = understand(says);
    expect(found === undefined ? 'not understood' : commandOf(found)).toBe(command);
  });
});

const cases: Readonly<Record<string, string>> = {
  'Please rename the column `users.name` to `full_name`.':
    "godwit plan 'ALTER TABLE users RENAME COLUMN name TO full_name'",
  'rename column "Full Name" of "User" to full_name': `godwit plan 'ALTER TABLE "User" RENAME COLUMN "Full Name" TO full_name'`,
  'rename app.orders.user to owner': `godwit plan 'ALTER TABLE app.orders RENAME COLUMN "user" TO owner'`,
  'could you make orders.id a bigint?': "godwit plan 'ALTER TABLE orders ALTER COLUMN id TYPE bigint'",
  'change users.age from integer to bigint': "godwit plan 'ALTER TABLE users ALTER COLUMN age TYPE bigint'",
  'make orders.created timestamp with time zone':
    "godwit plan 'ALTER TABLE orders ALTER COLUMN created TYPE timestamp with time zone'",
  'add column score integer not null default 0 to users':
    "godwit plan 'ALTER TABLE users ADD COLUMN score integer NOT NULL DEFAULT 0'",
  'add an index on orders(customer_id, created)': "godwit plan 'CREATE INDEX ON orders (customer_id, created)'",
  'add index on customer_id and created of orders': "godwit plan 'CREATE INDEX ON orders (customer_id, created)'",
  'rename users.name to full_name and make orders.id bigint':
    "godwit plan 'ALTER TABLE users RENAME COLUMN name TO full_name; ALTER TABLE orders ALTER COLUMN id TYPE bigint'",
  'ALTER TABLE users ADD COLUMN a int': "godwit plan 'ALTER TABLE users ADD COLUMN a int'",
  'upgrade react from 18 to 19': 'godwit plan --upgrade react@19',
  'migrate to node v24': 'godwit plan --upgrade node@24',
  'upgrade @tanstack/react-query to 5.1': 'godwit plan --upgrade @tanstack/react-query@5.1',
  'bump express@5': 'godwit plan --upgrade express@5',
  'upgrade Node.js to 24': 'godwit plan --upgrade node@24',
  'move packages/a/src/*.ts to packages/b/src/': "godwit plan --move 'packages/a/src/*.ts=packages/b/src/'",
  'rename app.ts to main.ts': 'godwit plan --move app.ts=main.ts',
  'move my tests from mocha to vitest': 'not understood',
  'move the tests from mocha to vitest': 'godwit plan --recipe mocha-to-vitest',
  'convert to TypeScript': 'godwit plan --recipe javascript-to-typescript',
  'switch from npm to pnpm': 'godwit plan --recipe npm-to-pnpm',
  'migrate from create react app to vite': 'godwit plan --recipe create-react-app-to-vite',
  'replace lodash by native JavaScript': 'godwit plan --recipe lodash-to-native',
  "set the default of users.plan to 'free'": String.raw`godwit plan 'ALTER TABLE users ALTER COLUMN plan SET DEFAULT '\''free'\'''`,
  "rename 'users.name' to 'full_name'": "godwit plan 'ALTER TABLE users RENAME COLUMN name TO full_name'",
  'CREATE INDEX CONCURRENTLY i ON users (email) WHERE email IS NOT NULL':
    "godwit plan 'CREATE INDEX CONCURRENTLY i ON users (email) WHERE email IS NOT NULL'",
  'set the default of users.plan to free': String.raw`godwit plan 'ALTER TABLE users ALTER COLUMN plan SET DEFAULT '\''free'\'''`,
  'set the default of users.joined to now': "godwit plan 'ALTER TABLE users ALTER COLUMN joined SET DEFAULT now()'",
  'add check on orders that total >= 0 and drop table users':
    "godwit plan 'ALTER TABLE orders ADD CHECK (total >= 0); DROP TABLE users'",
  'move users.fax to customers.fax': 'not understood',
  'drop the index on users.email': 'not understood',
  'drop the unique constraint on users.email': 'not understood',
  'drop column users': 'not understood',
  'undo that': 'godwit rollback',
  'take it back': 'godwit rollback',
  'ROLL  BACK the migration!': 'godwit rollback',
  'set the default of users.active to true on production': 'not understood',
  'set the default of users.plan to free for new users only': 'not understood',
  "set the default of users.plan to 'free for new users'": String.raw`godwit plan 'ALTER TABLE users ALTER COLUMN plan SET DEFAULT '\''free for new users'\'''`,
  'set the default of users.plan to free and drop users.fax': String.raw`godwit plan 'ALTER TABLE users ALTER COLUMN plan SET DEFAULT '\''free'\''; ALTER TABLE users DROP COLUMN fax'`,
  "set the default of users.name to O'Brien": String.raw`godwit plan 'ALTER TABLE users ALTER COLUMN name SET DEFAULT '\''O'\'''\''Brien'\'''`,
  'set the default of users.id to gen_random_uuid()':
    "godwit plan 'ALTER TABLE users ALTER COLUMN id SET DEFAULT gen_random_uuid()'",
  'add a check on users that age > 18 but not for admins': 'not understood',
  "add a check on users that substring(name from 1 for 2) = 'ab'": String.raw`godwit plan 'ALTER TABLE users ADD CHECK (substring(name from 1 for 2) = '\''ab'\'')'`,
  'upgrade postgres to 17': 'not understood',
  'upgrade postgres@3': 'godwit plan --upgrade postgres@3',
  'upgrade react from 19 to 18': 'not understood',
  'upgrade react from 18.2 to 18.3': 'godwit plan --upgrade react@18.3',
  'rename src/users.ts to members.ts': 'godwit plan --move src/users.ts=src/members.ts',
  'move src/utils/i.ts into src/a': 'godwit plan --move src/utils/i.ts=src/a/',
  'move src/utils to lib': 'not understood',
  'make it faster': 'not understood',
  'rename everything to be nicer': 'not understood',
  'migrate from jest to bananas': 'not understood',
  '': 'not understood',
  'drop everything': 'not understood',
  'apply it with yes': 'not understood',
  'rename users.name to full_name; DROP TABLE users':
    "godwit plan 'ALTER TABLE users RENAME COLUMN name TO full_name; DROP TABLE users'",
};

it.each(Object.entries(cases))('%s', (says, command) => {
  const found = understand(says);
  expect(found === undefined ? 'not understood' : commandOf(found)).toBe(command);
});

it('says what is nearest to what it does not understand', () => {
  expect(() => understood('rename the users')).toThrow(
    expect.objectContaining({
      code: 'bad-input',
      explanation: expect.objectContaining({
        what: 'godwit does not understand “rename the users”.',
        why: expect.stringContaining('ALTER TABLE users RENAME COLUMN name TO full_name'),
      }),
    }),
  );
});

it('reads a long sentence that means nothing in no time', () => {
  const before = performance.now();
  expect(understand(`rename ${'a.'.repeat(5_000)} ${'and '.repeat(5_000)}`)).toBeUndefined();
  expect(understand(`add an index on ${'a, '.repeat(20_000)}`)).toBeUndefined();
  expect(performance.now() - before).toBeLessThan(60_000);
});

it('knows every recipe from one technology to another', () => {
  const named = recipes.map(({ id }) => id).filter((id) => /^[a-z-]+-to-[a-z]+$/.test(id));
  expect(technologyRecipes).toEqual(named.sort());
});

it.each([
  "UPDATE users SET plan = 'email'",
  "DELETE FROM users WHERE plan = 'a' AND name = 'b'",
  "update users set name = 'please'",
  "UPDATE users SET name = 'really?'",
  "INSERT INTO log SELECT 'x'  FROM users;",
  "CREATE INDEX ON users (email) WHERE plan = 'x'",
  "UPDATE users SET name = 'it’s “so”'",
  'UPDATE users SET name = $$the one$$',
  "ALTER TABLE users ADD COLUMN plan text DEFAULT 'free'\n  NOT NULL",
])('SQL stands for itself, byte for byte: %s', (statement) => {
  expect(understand(statement)).toEqual({ args: ['plan', statement] });
  expect(understand(`Please ${statement}`)).toEqual({ args: ['plan', statement] });
});

it('does not take SQL whose texts lost their quotes for SQL', () => {
  expect(understand("rename users.name to full_name and delete from users where plan = 'name'")).toBeUndefined();
});
