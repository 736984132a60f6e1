import type { AlterTableStmt } from 'libpg-query';
import { relationOf } from '../../lint/catalog/catalog.ts';
import { isNew, type LintContext } from '../../lint/context.ts';
import { addedConstraint } from '../../lint/effects/constraint-effects.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

export const dropPkReplicaIdentity: Rule = {
  id: 'pg/drop-pk-replica-identity',
  severity: 'warning',
  summary: 'A primary key is dropped by which logical replication finds its rows',
  why: 'A published table without a replica identity refuses every UPDATE and DELETE with 55000. By default the primary key is that identity.',
  instead:
    'First CREATE UNIQUE INDEX CONCURRENTLY on NOT NULL columns and ALTER TABLE … REPLICA IDENTITY USING INDEX it; or drop the old key and add the new one in one ALTER TABLE.',
  aliases: { 'pg-schema-diff': ['CORRECTNESS'], MigrationPilot: ['MP055'] },
  needs: 'schema',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { sql: 'ALTER TABLE items DROP CONSTRAINT items_pkey;' },
    { sql: 'ALTER TABLE users DROP CONSTRAINT users_pkey CASCADE;' },
    { sql: 'ALTER TABLE items DROP CONSTRAINT items_pkey, ADD COLUMN weight integer;' },
  ],
  good: [
    {
      sql: 'ALTER TABLE items DROP CONSTRAINT items_pkey;\nALTER TABLE items ADD PRIMARY KEY (id, order_id);',
      inTransaction: true,
      notRun: 'what the second statement locks is locked by the first: nothing new is seen',
    },
    { sql: 'ALTER TABLE items REPLICA IDENTITY FULL;\nALTER TABLE items DROP CONSTRAINT items_pkey;' },
    {
      sql: 'ALTER TABLE items DROP CONSTRAINT items_pkey, ADD CONSTRAINT items_pkey PRIMARY KEY USING INDEX items_new;',
      given: 'CREATE UNIQUE INDEX items_new ON items (id, order_id);',
    },
    { sql: 'ALTER TABLE users DROP CONSTRAINT users_age_check;' },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY);\nALTER TABLE drafts DROP CONSTRAINT drafts_pkey;' },
  ],
  on: ['AT_DropConstraint'],
  onFileWith: ['AT_DropConstraint'],
  check(unit, context) {
    const message = lossOf(unit, context);
    if (message !== undefined) lost.set(unit, message);
    return [];
  },
  checkFile(units) {
    return units.flatMap((unit, place) => {
      const message = lost.get(unit);
      const isBack = units
        .slice(place + 1)
        .some(
          ({ node, statement }) =>
            'AlterTableStmt' in node &&
            statement.transaction === unit.statement.transaction &&
            'AlterTableStmt' in unit.node &&
            node.AlterTableStmt.relation?.relname === unit.node.AlterTableStmt.relation?.relname &&
            addsKey(node.AlterTableStmt),
        );
      return message === undefined || isBack ? [] : [{ unit, message }];
    });
  },
};

/** What is said of a dropped key, unless the same transaction brings another. */
const lost = new WeakMap<Unit, string>();

function lossOf({ node, command, effects }: Unit, context: LintContext): string | undefined {
  if (!('AlterTableStmt' in node) || command === undefined || effects.fails !== undefined) return undefined;
  const { relation: table } = node.AlterTableStmt;
  const relation = relationOf(context.catalog, table);
  const isKey = relation?.constraints.get(command.name ?? '')?.kind === 'primary-key';
  const isIdentity = relation?.replicaIdentity === 'default' && isKey && !addsKey(node.AlterTableStmt);
  if (!isIdentity || isNew(context, table)) return undefined;
  return `${command.name} is the replica identity of ${table?.relname}: where the table is published, every UPDATE and DELETE fails without it.`;
}

/** Does the same statement give the table another primary key? */
function addsKey({ cmds }: AlterTableStmt): boolean {
  return (cmds ?? []).some(
    (command) => 'AlterTableCmd' in command && addedConstraint(command.AlterTableCmd)?.contype === 'CONSTR_PRIMARY',
  );
}
