import { madeNames } from '../../lint/questions/made-names.ts';
import type { NameKind } from '../../lint/questions/name-kinds.ts';
import type { Rule } from '../../rule.ts';

const options = {
  naming: { table: '^[a-z][a-z0-9_]*s$', column: '^[a-z][a-z0-9_]*$', index: '_idx$', constraint: '^[a-z_]+$' },
};

export const naming: Rule = {
  id: 'hy/naming',
  severity: 'warning',
  summary: 'A name does not fit the pattern that the team has for it',
  why: 'The configuration says how objects of this kind are called. A name that is given once stays: a change of it later breaks all who use it.',
  instead: 'Give it a name that fits lint.naming of the configuration.',
  aliases: { atlas: ['NM101', 'NM102', 'NM103', 'NM104', 'NM105', 'NM106'], pgsafe: ['naming-convention'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'CREATE TABLE draft (id bigint PRIMARY KEY);', options },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, "userName" text);', options },
    { sql: 'ALTER TABLE users ADD COLUMN "nickName" text;', options },
    { sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);', options },
    { sql: 'ALTER TABLE users RENAME COLUMN age TO "Age";', options },
    { sql: 'ALTER TABLE users ADD CONSTRAINT "users-balance" CHECK (balance > -100000) NOT VALID;', options },
    { sql: 'CREATE TABLE "Draft" ("Id" bigint PRIMARY KEY);', options, findings: 2 },
  ],
  good: [
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, user_name text);', options },
    { sql: 'CREATE TABLE "Draft" ("Id" bigint PRIMARY KEY);' },
    { sql: 'CREATE INDEX CONCURRENTLY users_age_idx ON users (age);', options },
    { sql: 'CREATE INDEX CONCURRENTLY ON users (age);', options },
    { sql: 'CREATE VIEW "Names" AS SELECT name FROM users;', options },
    { sql: 'CREATE TABLE IF NOT EXISTS users ("Id" bigint);', options },
  ],
  on: ['*'],
  check(unit, context) {
    const patterns = context.options.naming;
    if (patterns === undefined || Object.keys(patterns).length === 0) return [];
    return madeNames(unit, context).flatMap(({ kind, name, at }) => {
      const pattern = patternFor(kind, patterns);
      if (pattern === undefined || new RegExp(pattern, 'u').test(name)) return [];
      return [{ message: `The name ${name} of a ${kind.replaceAll('-', ' ')} does not fit ${pattern}.`, at }];
    });
  },
};

/** A kind of constraint without a pattern of its own has that of constraints. */
function patternFor(kind: NameKind, patterns: Readonly<Record<string, string>>): string | undefined {
  const isConstraint = ['primary-key', 'unique', 'foreign-key', 'check'].includes(kind);
  return patterns[kind] ?? (isConstraint ? patterns.constraint : undefined);
}
