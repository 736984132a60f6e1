import { isNew } from '../../lint/context.ts';
import { writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const setTablespace: Rule = {
  id: 'pg/set-tablespace',
  severity: 'error',
  summary: 'A table is copied to another disk while nobody can use it',
  why: 'SET TABLESPACE copies the whole file under ACCESS EXCLUSIVE: readers and writers wait for as long as that takes. Where the table is in that tablespace already, nothing is copied.',
  instead:
    '`pg_repack --tablespace` moves a table while it is in use; of a partitioned table put the next partitions there.',
  aliases: { MigrationPilot: ['MP095'] },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE', rewrite: true }],
  bad: [
    { sql: 'ALTER TABLE items SET TABLESPACE fast;' },
    { sql: 'ALTER MATERIALIZED VIEW order_totals SET TABLESPACE fast;' },
    { sql: 'ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE fast;' },
  ],
  good: [
    { sql: 'ALTER TABLE items SET TABLESPACE pg_default;' },
    { sql: 'ALTER TABLE events SET TABLESPACE fast;' },
    { sql: 'ALTER TABLE items SET TABLESPACE fast;', given: 'ALTER TABLE items SET TABLESPACE fast;' },
    { sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts SET TABLESPACE fast;' },
  ],
  on: ['AT_SetTableSpace', 'AlterTableMoveAllStmt'],
  check({ node, command, effects }, context) {
    if ('AlterTableMoveAllStmt' in node) {
      const { orig_tablespacename, new_tablespacename } = node.AlterTableMoveAllStmt;
      if (orig_tablespacename === new_tablespacename) return [];
      return [
        {
          message: `All of tablespace ${orig_tablespacename} is copied to ${new_tablespacename}, and nobody can use any of it until the last is there.`,
        },
      ];
    }
    if (!('AlterTableStmt' in node)) return [];
    const { relation, objtype } = node.AlterTableStmt;
    const isIndex = objtype === 'OBJECT_INDEX';
    const isNothing = isIndex ? effects.locks.length === 0 : effects.rewrites.length === 0;
    if (isNothing || isNew(context, relation)) return [];
    const name = writtenName(relation);
    if (isIndex) {
      return [
        {
          message: `Every query that may use index ${name} waits while it is copied to ${command?.name}.`,
          instead: ofIndex,
        },
      ];
    }
    return [{ message: `${name} is copied to ${command?.name} while nobody can use it.` }];
  },
};

const ofIndex =
  'REINDEX (TABLESPACE …, CONCURRENTLY) INDEX from PostgreSQL 14 on; before that CREATE INDEX CONCURRENTLY … TABLESPACE beside it and drop the old one.';
