import { isConcurrentReindex } from '../../lint/effects/index-effects.ts';
import type { Rule } from '../../rule.ts';

export const cicCorruption: Rule = {
  id: 'pg/cic-corruption',
  severity: 'error',
  summary: 'This release of PostgreSQL builds corrupt indexes CONCURRENTLY',
  why: 'In PostgreSQL 14.0 to 14.3 CREATE INDEX CONCURRENTLY and REINDEX CONCURRENTLY can leave rows out of the index while VACUUM runs: queries by the index then miss rows, and a unique one lets duplicates in. 14.4 mends it.',
  instead:
    'Upgrade the server to 14.4 or later first, and REINDEX CONCURRENTLY there what was built before; pg_amcheck --heapallindexed finds indexes that lack rows.',
  aliases: { strong_migrations: ['add_index_corruption'], others: ['pg/cic-corruption-14.0-14.3'] },
  needs: 'live',
  claims: [],
  bad: [
    { sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);', live: { version: 140_002 } },
    { sql: 'REINDEX TABLE CONCURRENTLY users;', live: { version: 140_000 } },
  ],
  good: [
    { sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);', live: { version: 140_004 } },
    { sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);', live: { version: 150_001 } },
    { sql: 'CREATE INDEX users_age ON users (age);', live: { version: 140_002 } },
  ],
  on: ['IndexStmt', 'ReindexStmt'],
  check({ node }, { live }) {
    const isConcurrent =
      ('IndexStmt' in node && node.IndexStmt.concurrent === true) ||
      ('ReindexStmt' in node && isConcurrentReindex(node.ReindexStmt));
    if (live === undefined || !isConcurrent || live.version < 140_000 || live.version > 140_003) return [];
    return [
      {
        message: `The server is PostgreSQL 14.${live.version % 10_000}: an index that it builds CONCURRENTLY may lack rows.`,
      },
    ];
  },
};
