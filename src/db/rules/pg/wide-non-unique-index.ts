import { writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

/** Key columns beyond which an index seldom serves a query better than a narrower one. */
const columnsMax = 3;

export const wideNonUniqueIndex: Rule = {
  id: 'pg/wide-non-unique-index',
  severity: 'advice',
  summary: 'An index has more than three key columns',
  why: 'Every further column makes an index larger and every write dearer, while the first two or three columns nearly always narrow a search down as far as it goes.',
  instead:
    'Index the columns that select most, the ones compared with = first; columns that are only read belong into INCLUDE.',
  aliases: { strong_migrations: ['add_index_columns'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'CREATE INDEX CONCURRENTLY users_many ON users (country, age, name, created_at);' },
    { sql: 'CREATE INDEX users_many ON users (country, age, lower(name), created_at, code);' },
  ],
  good: [
    { sql: 'CREATE INDEX CONCURRENTLY users_three ON users (country, age, name);' },
    { sql: 'CREATE UNIQUE INDEX CONCURRENTLY users_once ON users (country, age, name, email);' },
    { sql: 'CREATE INDEX CONCURRENTLY users_two ON users (country, age) INCLUDE (name, email, code);' },
    { sql: 'CREATE INDEX CONCURRENTLY users_brin ON users USING brin (id, age, created_at, updated_at);' },
  ],
  on: ['IndexStmt'],
  check({ node }) {
    if (!('IndexStmt' in node)) return [];
    const { unique, indexParams = [], idxname, relation, accessMethod = 'btree' } = node.IndexStmt;
    // In gin, gist and brin each column is searched by itself.
    if (unique === true || accessMethod !== 'btree' || indexParams.length <= columnsMax) return [];
    const name = idxname === undefined ? 'The index' : `Index ${idxname}`;
    return [{ message: `${name} on ${writtenName(relation)} has ${indexParams.length} key columns.` }];
  },
};
