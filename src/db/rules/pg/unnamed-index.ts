import { isNew } from '../../lint/context.ts';
import { writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const unnamedIndex: Rule = {
  id: 'pg/unnamed-index',
  severity: 'advice',
  summary: 'An index is made without a name',
  why: 'The server chooses a name that is still free. A second run, after a build that failed, then makes a second index, and nothing in the migrations says what to drop.',
  instead: 'Name it, so that it can be dropped, looked up and built again.',
  aliases: { MigrationPilot: ['MP042'] },
  needs: 'static',
  claims: [],
  bad: [{ sql: 'CREATE INDEX CONCURRENTLY ON users (age);' }, { sql: 'CREATE UNIQUE INDEX ON users (code, id);' }],
  good: [
    { sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);' },
    { sql: 'CREATE TABLE drafts (id bigint, title text);\nCREATE INDEX ON drafts (title);' },
    { sql: 'ALTER TABLE users ADD UNIQUE (code);' },
  ],
  on: ['IndexStmt'],
  check({ node }, context) {
    if (!('IndexStmt' in node) || node.IndexStmt.idxname !== undefined) return [];
    const { relation } = node.IndexStmt;
    if (isNew(context, relation)) return [];
    return [{ message: `The index on ${writtenName(relation)} has no name: each run makes another one.` }];
  },
};
