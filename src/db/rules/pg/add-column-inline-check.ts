import { newColumn } from '../../lint/questions/new-column.ts';
import type { Rule } from '../../rule.ts';

export const addColumnInlineCheck: Rule = {
  id: 'pg/add-column-inline-check',
  severity: 'error',
  summary: 'A column is added with a CHECK, for which every row is read',
  why: 'The server looks at every row whether the CHECK holds, under ACCESS EXCLUSIVE, also where the new column is NULL in all of them or has a constant default. A CHECK at a column cannot be NOT VALID.',
  instead:
    'ADD COLUMN without it, ADD CONSTRAINT … CHECK … NOT VALID, and in a later transaction VALIDATE CONSTRAINT, which lets reads and writes go on.',
  aliases: { strong_migrations: ['add_check_constraint'] },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE', scan: true }],
  bad: [
    { sql: 'ALTER TABLE users ADD COLUMN score integer CHECK (score > 0);' },
    {
      sql: 'ALTER TABLE users ADD COLUMN score integer NOT NULL DEFAULT 1 CONSTRAINT score_is_positive CHECK (score > 0);',
    },
    {
      sql: 'ALTER TABLE users ADD COLUMN score integer CHECK (score > 0) NOT ENFORCED CHECK (score < 9);',
      from: 18,
    },
    { sql: "ALTER TABLE orders ADD COLUMN a text, ADD COLUMN kind text DEFAULT 'a' CHECK (kind IN ('a', 'b'));" },
  ],
  good: [
    {
      sql: 'ALTER TABLE users ADD COLUMN score integer;\nALTER TABLE users ADD CONSTRAINT score_is_positive CHECK (score > 0) NOT VALID;',
    },
    { sql: 'CREATE TABLE drafts (score integer CHECK (score > 0));' },
    { sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts ADD COLUMN score integer CHECK (score > 0);' },
    { sql: 'ALTER TABLE users ADD COLUMN IF NOT EXISTS age integer CHECK (age > 0);' },
    { sql: 'ALTER TABLE users ADD COLUMN score integer CHECK (score > 0) NOT ENFORCED;', from: 18 },
  ],
  on: ['AT_AddColumn'],
  check(unit, context) {
    const added = newColumn(unit, context);
    if (added?.parts.check === undefined || unit.effects.rewrites.length > 0) return [];
    const { column, said, at } = added;
    return [
      {
        at,
        message: `For the CHECK of ${column} every row of ${said} is read while nobody can read or write it.`,
      },
    ];
  },
};
