import type { Node } from 'libpg-query';
import { newerIn } from '../../drivers/postgres/sql/newer-syntax.ts';
import { nodesIn } from '../../drivers/postgres/sql/walk.ts';
import { effects } from '../../lint/effects/effects.ts';
import { newestMajor } from '../../lint/majors.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

export const newerThanServer: Rule = {
  id: 'pg/newer-than-server',
  severity: 'error',
  summary: 'A statement says what the server is too old for',
  why: 'The grammar that reads the migration is that of PostgreSQL 18. A server that is known to be older refuses words, functions and types that came later, and with them the migration.',
  instead: 'Write it in a way that the server knows, or update the server before.',
  aliases: {},
  needs: 'static',
  claims: [{ fails: '42601' }],
  bad: [
    { sql: 'CREATE UNIQUE INDEX CONCURRENTLY users_age ON users (id, age) NULLS NOT DISTINCT;', until: 14 },
    { sql: 'MERGE INTO notes USING users ON notes.id = users.id WHEN MATCHED THEN DELETE;', until: 14 },
    { sql: 'ALTER TABLE users ADD CONSTRAINT named NOT NULL name;', until: 17 },
    { sql: 'ALTER TABLE users ADD COLUMN double int GENERATED ALWAYS AS (age * 2) VIRTUAL;', until: 17 },
    { sql: 'ALTER TABLE users ADD CONSTRAINT aged CHECK (age > 0) NOT ENFORCED;', until: 17 },
    { sql: 'SELECT uuidv7();', until: 17, claim: { fails: '42883' } },
  ],
  good: [
    { sql: 'CREATE UNIQUE INDEX CONCURRENTLY users_age ON users (id, age) NULLS NOT DISTINCT;', from: 15 },
    { sql: 'ALTER TABLE users ADD CONSTRAINT named NOT NULL name;', from: 18 },
    {
      sql: 'CREATE FUNCTION uuidv7() RETURNS uuid LANGUAGE sql AS $$ SELECT gen_random_uuid() $$; SELECT uuidv7();',
      until: 17,
    },
    { sql: 'SELECT gen_random_uuid();', from: 13 },
  ],
  on: ['*'],
  check(unit, { catalog, majors }) {
    // With a server that is not known nothing is too new.
    if (majors.to === newestMajor) return [];
    for (const node of nodesIn(partOf(unit))) {
      const newer = newerIn(node, catalog.functions);
      if (newer === undefined || newer.major <= majors.to) continue;
      return [
        {
          message: `${newer.what} is there from PostgreSQL ${newer.major} on: this fails on ${majors.to}.`,
          instead: newer.next,
          effects: effects({ fails: newer.fails }),
        },
      ];
    }
    return [];
  },
};

function partOf({ node, command }: Unit): Node {
  return command === undefined ? node : { AlterTableCmd: command };
}
