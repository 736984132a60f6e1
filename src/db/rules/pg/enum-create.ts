import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import type { Rule } from '../../rule.ts';

export const enumCreate: Rule = {
  id: 'pg/enum-create',
  severity: 'advice',
  summary: 'A set of values is made an enum, which only grows',
  why: 'A value of an enum can be added and renamed, never removed: that takes a new type and a rewrite of every table that uses it. A new value cannot be used in the transaction that adds it.',
  instead:
    'A table of the values with a foreign key, or text with a CHECK that is replaced by NOT VALID and VALIDATE; keep the enum where its values are final.',
  aliases: { eugene: ['W13'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: "CREATE TYPE mood AS ENUM ('glad', 'sad');" },
    { sql: 'CREATE TYPE empty_set AS ENUM ();' },
    { sql: "CREATE TYPE public.color AS ENUM ('red');" },
  ],
  good: [
    { sql: 'CREATE TYPE pair AS (a integer, b integer);' },
    { sql: 'CREATE TABLE moods (name text PRIMARY KEY);' },
    { sql: "CREATE TABLE drafts (id bigint PRIMARY KEY, mood text CHECK (mood IN ('glad', 'sad')));" },
  ],
  on: ['CreateEnumStmt'],
  check({ node }) {
    if (!('CreateEnumStmt' in node)) return [];
    const name = stringsOf(node.CreateEnumStmt.typeName).join('.');
    return [{ message: `Enum ${name} can get new values later, but lose none without a rewrite of its tables.` }];
  },
};
