import { isNew } from '../../lint/context.ts';
import { writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const setLoggedUnlogged: Rule = {
  id: 'pg/set-logged-unlogged',
  severity: 'error',
  summary: 'A table is written anew to become logged or unlogged',
  why: 'SET LOGGED and SET UNLOGGED copy the table and build its indexes under ACCESS EXCLUSIVE; SET LOGGED writes all of it into the write-ahead log too. An unlogged table is empty after a crash and is not replicated.',
  instead: 'Make a table of the wanted kind beside it, copy in batches and swap the names.',
  aliases: { atlas: ['PG307'], MigrationPilot: ['MP047'] },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE', rewrite: true }],
  bad: [
    { sql: 'ALTER TABLE items SET UNLOGGED;' },
    { sql: 'ALTER TABLE orders SET UNLOGGED;' },
    {
      sql: 'ALTER TABLE cached SET LOGGED;',
      given:
        'CREATE UNLOGGED TABLE cached (id bigint PRIMARY KEY, body text); INSERT INTO cached SELECT id, name FROM users;',
    },
  ],
  good: [
    { sql: 'ALTER TABLE items SET LOGGED;' },
    { sql: 'ALTER TABLE cached SET UNLOGGED;', given: 'CREATE UNLOGGED TABLE cached (id bigint, body text);' },
    { sql: 'CREATE UNLOGGED TABLE drafts (id bigint);\nALTER TABLE drafts SET LOGGED;' },
  ],
  on: ['AT_SetLogged', 'AT_SetUnLogged'],
  check({ node, command, effects }, context) {
    if (!('AlterTableStmt' in node) || node.AlterTableStmt.objtype !== 'OBJECT_TABLE') return [];
    const { relation } = node.AlterTableStmt;
    if (isNew(context, relation) || (effects.rewrites.length === 0 && effects.fails === undefined)) return [];
    const name = writtenName(relation);
    if (effects.fails !== undefined) {
      return [{ message: `This fails with ${effects.fails}: a logged table refers to ${name}.` }];
    }
    const after =
      command?.subtype === 'AT_SetUnLogged' ? ' After a crash it is empty, and replicas do not have it.' : '';
    return [{ message: `${name} is written anew while nobody can use it.${after}` }];
  },
};
