import { constrainedDomain } from '../../lint/effects/add-column.ts';
import { newColumn } from '../../lint/questions/new-column.ts';
import type { Rule } from '../../rule.ts';

export const addColumnConstrainedDomain: Rule = {
  id: 'pg/add-column-constrained-domain',
  severity: 'error',
  summary: 'A column of a domain with a constraint is added, so that the table is written anew',
  why: 'For a column of a domain that has a CHECK or is NOT NULL, the server works out the value of every row to see that the domain takes it, also where there is no default and all are NULL: the table and its indexes are written anew under ACCESS EXCLUSIVE.',
  instead:
    "ADD COLUMN of the domain's base type, then ADD CONSTRAINT … CHECK … NOT VALID, and in a later transaction VALIDATE CONSTRAINT.",
  aliases: {},
  needs: 'schema',
  claims: [{ lock: 'ACCESS EXCLUSIVE', rewrite: true }],
  bad: [
    { sql: 'ALTER TABLE users ADD COLUMN score positive;' },
    { sql: 'ALTER TABLE users ADD COLUMN score positive DEFAULT 5;' },
    {
      given: 'CREATE DOMAIN needed AS text NOT NULL;',
      sql: "ALTER TABLE users ADD COLUMN title needed DEFAULT 'none';",
    },
    { given: 'CREATE DOMAIN small AS positive;', sql: 'ALTER TABLE users ADD COLUMN score small;' },
  ],
  good: [
    { sql: 'ALTER TABLE users ADD COLUMN second_contact email_address;' },
    { sql: 'CREATE TABLE drafts (score positive);\nALTER TABLE drafts ADD COLUMN other positive;' },
    {
      sql: 'ALTER TABLE users ADD COLUMN score integer;\nALTER TABLE users ADD CONSTRAINT users_score CHECK (score > 0) NOT VALID;',
    },
  ],
  on: ['AT_AddColumn'],
  check(unit, context) {
    const added = newColumn(unit, context);
    const domain = added === undefined ? undefined : constrainedDomain(added.parts, context.catalog);
    if (added === undefined || domain === undefined) return [];
    const { column, said, at } = added;
    return [
      {
        at,
        message: `${column} is of the domain ${domain.name}, which has a constraint: ${said} is written anew to look at every row, while nobody can read or write it.`,
      },
    ];
  },
};
