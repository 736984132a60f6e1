import type { Node } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { typeNamed } from '../../lint/catalog/apply-type.ts';
import { earlierInTransaction, type LintContext, mayMeet } from '../../lint/context.ts';
import { effects } from '../../lint/effects/effects.ts';
import { usesLabel } from '../../lint/questions/uses-label.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

export const enumAddValueUseSameTx: Rule = {
  id: 'pg/enum-add-value-use-same-tx',
  severity: 'error',
  summary: 'A new value of an enum is used in the transaction that adds it',
  why: 'Until the transaction that adds it has committed, a new value must not get into a row or an index, so the server refuses every use of it with 55P04: in INSERT and UPDATE, as a default, in a CHECK, a view or an index, even in a comparison. PostgreSQL 17 and later let it pass where the same transaction made the type.',
  instead: 'Put ADD VALUE into a migration of its own, or COMMIT before the value is used.',
  aliases: { MigrationPilot: ['MP012', 'MP054'] },
  needs: 'static',
  claims: [{ fails: '55P04' }],
  bad: [
    {
      sql: "ALTER TYPE order_status ADD VALUE 'lost';\nUPDATE orders SET status = 'lost' WHERE id = 1;",
      inTransaction: true,
    },
    {
      sql: "ALTER TYPE order_status ADD VALUE 'lost';\nINSERT INTO orders (id, total, status) VALUES (99999, 1, 'lost');",
      inTransaction: true,
    },
    {
      sql: "ALTER TYPE order_status ADD VALUE 'lost';\nINSERT INTO orders (id, total, status) SELECT 99999, 1, 'lost';",
      inTransaction: true,
    },
    {
      sql: "ALTER TYPE order_status ADD VALUE 'lost';\nALTER TABLE orders ALTER COLUMN status SET DEFAULT 'lost';",
      inTransaction: true,
    },
    {
      sql: "ALTER TYPE order_status ADD VALUE 'lost';\nALTER TABLE orders ADD CONSTRAINT orders_found CHECK (status <> 'lost');",
      inTransaction: true,
    },
    {
      sql: "ALTER TYPE order_status ADD VALUE 'lost';\nALTER TABLE users ADD COLUMN last order_status DEFAULT 'lost';",
      inTransaction: true,
    },
    { sql: "ALTER TYPE order_status ADD VALUE 'lost';\nSELECT 'lost'::order_status;", inTransaction: true },
    {
      sql: "ALTER TYPE order_status ADD VALUE 'lost';\nCREATE INDEX orders_lost ON orders (id) WHERE status = 'lost';",
      inTransaction: true,
    },
    {
      sql: "ALTER TYPE order_status ADD VALUE 'lost';\nDELETE FROM orders WHERE status IN ('lost', 'open');",
      inTransaction: true,
    },
    {
      sql: "CREATE TYPE mood AS ENUM ('glad');\nALTER TYPE mood ADD VALUE 'sad';\nCREATE TABLE drafts (mood mood DEFAULT 'sad');",
      inTransaction: true,
      until: 16,
    },
    {
      sql: "ALTER TYPE order_status ADD VALUE 'lost';\nINSERT INTO orders VALUES (99999, 1, 'lost', 1);",
      inTransaction: true,
    },
    {
      sql: "ALTER TYPE order_status ADD VALUE 'lost';\nINSERT INTO orders SELECT 99999, 1, 'lost', 1;",
      inTransaction: true,
    },
    {
      given: 'ALTER TABLE orders RENAME COLUMN id TO number;',
      sql: "ALTER TYPE order_status ADD VALUE 'lost';\nINSERT INTO orders VALUES (99999, 1, 'lost', 1);",
      inTransaction: true,
    },
  ],
  good: [
    {
      sql: "ALTER TYPE order_status ADD VALUE 'lost';\nINSERT INTO orders VALUES (99999, 1, 'open', 1, 'lost');",
      inTransaction: true,
    },
    { sql: "ALTER TYPE order_status ADD VALUE 'lost';\nINSERT INTO notes VALUES (1, 'lost');", inTransaction: true },
    {
      sql: "BEGIN;\nALTER TYPE order_status ADD VALUE 'lost';\nCOMMIT;\nUPDATE orders SET status = 'lost' WHERE id = 1;",
    },
    {
      sql: "ALTER TYPE order_status ADD VALUE 'lost';\nUPDATE orders SET note = 'lost' WHERE status = 'open';",
      inTransaction: true,
    },
    {
      sql: "ALTER TYPE order_status ADD VALUE 'lost';\nUPDATE orders SET note = 'x' WHERE status::text = 'lost';",
      inTransaction: true,
    },
    {
      sql: "CREATE TYPE mood AS ENUM ('glad', 'sad');\nCREATE TABLE drafts (mood mood DEFAULT 'sad');",
      inTransaction: true,
    },
    {
      sql: "CREATE TYPE mood AS ENUM ('glad');\nALTER TYPE mood ADD VALUE 'sad';\nCREATE TABLE drafts (mood mood DEFAULT 'sad');",
      inTransaction: true,
      from: 17,
    },
    {
      sql: "ALTER TYPE order_status ADD VALUE IF NOT EXISTS 'open';\nUPDATE orders SET status = 'open' WHERE id = 1;",
      inTransaction: true,
    },
    {
      sql: "ALTER TYPE order_status RENAME VALUE 'open' TO 'new';\nUPDATE orders SET status = 'new' WHERE id = 1;",
      inTransaction: true,
    },
  ],
  on: ['*'],
  check(unit, context) {
    const added = addedLabels(unit, context);
    return added.flatMap(({ typeName, label, isOfNewType }) => {
      const isUsed = usesLabel(unit, { label, typeName, catalog: context.catalog });
      if (!isUsed || (isOfNewType && !mayMeet(context, { until: 16 }))) return [];
      const until = isOfNewType ? 'until PostgreSQL 16 ' : '';
      const message = `'${label}' is used in the transaction that adds it to ${stringsOf(typeName).join('.')}: ${until}the statement fails.`;
      return [{ message, effects: effects({ fails: '55P04' }) }];
    });
  },
};

type Added = {
  readonly typeName: readonly Node[];
  readonly label: string;
  /** Did the same transaction make the type? */
  readonly isOfNewType: boolean;
};

/** Values that the transaction of a unit added before it. */
function addedLabels(unit: Unit, context: LintContext): readonly Added[] {
  // Few files have any: the search is not begun for others.
  if (!context.file.units.some(({ kind }) => kind === 'AlterEnumStmt')) return [];
  const earlier = earlierInTransaction(unit, context);
  return earlier.flatMap(({ node }): readonly Added[] => {
    if (!('AlterEnumStmt' in node)) return [];
    const { typeName = [], newVal, oldVal } = node.AlterEnumStmt;
    const type = typeNamed(context.catalog, typeName);
    if (newVal === undefined || oldVal !== undefined || type?.added.has(newVal) !== true) return [];
    const isOfNewType = earlier.some(
      ({ node: other }) =>
        'CreateEnumStmt' in other && typeNamed(context.catalog, other.CreateEnumStmt.typeName) === type,
    );
    return [{ typeName, label: newVal, isOfNewType }];
  });
}
