import { isNew } from '../../lint/context.ts';
import { isFullVacuum } from '../../lint/effects/maintenance.ts';
import { writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const clusterOrVacuumFull: Rule = {
  id: 'pg/cluster-or-vacuum-full',
  severity: 'error',
  summary: 'A table is written anew while nobody can use it',
  why: 'VACUUM FULL and CLUSTER copy the table and build all of its indexes under ACCESS EXCLUSIVE: readers and writers wait for as long as that takes, and twice the space is needed.',
  instead:
    'VACUUM makes the space free for new rows without a strong lock. To give it back to the disk, use pg_repack or pg_squeeze, or REPACK CONCURRENTLY from PostgreSQL 19 on.',
  aliases: { squawk: ['prefer-repack'], MigrationPilot: ['MP006', 'MP032'] },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE', rewrite: true }],
  bad: [
    { sql: 'VACUUM FULL orders;' },
    { sql: 'VACUUM (FULL, ANALYZE) orders, items;' },
    { sql: 'CLUSTER orders USING orders_placed_index;' },
    { sql: 'VACUUM FULL events;' },
  ],
  good: [
    { sql: 'VACUUM orders;' },
    { sql: 'VACUUM (FULL false, ANALYZE) orders;' },
    { sql: 'ANALYZE orders;' },
    { sql: 'ALTER TABLE orders CLUSTER ON orders_placed_index;' },
    {
      sql: 'CREATE TABLE drafts (id bigint);\nCREATE INDEX drafts_id ON drafts (id);\nCLUSTER drafts USING drafts_id;',
    },
  ],
  on: ['VacuumStmt', 'ClusterStmt'],
  check({ node }, context) {
    if ('VacuumStmt' in node) {
      if (!isFullVacuum(node)) return [];
      const relations = (node.VacuumStmt.rels ?? []).flatMap((rel) =>
        'VacuumRelation' in rel ? [rel.VacuumRelation.relation] : [],
      );
      if (relations.length === 0)
        return [
          { message: 'VACUUM FULL writes every table of the database anew, and nobody can use the one at hand.' },
        ];
      return relations
        .filter((relation) => !isNew(context, relation))
        .map((relation) => ({ message: wordsFor('VACUUM FULL', writtenName(relation)) }))
        .slice(0, 1);
    }
    if (!('ClusterStmt' in node) || isNew(context, node.ClusterStmt.relation)) return [];
    const { relation } = node.ClusterStmt;
    return [
      {
        message: wordsFor(
          'CLUSTER',
          relation === undefined ? 'every table that was clustered before' : writtenName(relation),
        ),
      },
    ];
  },
};

function wordsFor(verb: string, table: string): string {
  return `${verb} writes ${table} anew while nobody can read or write it.`;
}
