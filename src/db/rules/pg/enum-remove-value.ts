import type { Node } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { typeNamed } from '../../lint/catalog/apply-type.ts';
import { type LintType, relationOf } from '../../lint/catalog/catalog.ts';
import type { ColumnType } from '../../lint/column-type.ts';
import { isNew, type LintContext } from '../../lint/context.ts';
import { writtenTable } from '../../lint/effects/row-effects.ts';
import { typeChange } from '../../lint/effects/type-change.ts';
import type { Hit, Rule } from '../../rule.ts';

export const enumRemoveValue: Rule = {
  id: 'pg/enum-remove-value',
  severity: 'error',
  summary: 'A value is taken out of an enum, for which the table is written anew',
  why: 'An enum cannot lose a value. The type is replaced by one without it, and ALTER COLUMN … TYPE writes the whole table and its indexes anew behind ACCESS EXCLUSIVE; a row that still has the value makes it fail with 22P02. A row deleted from pg_enum leaves indexes that cannot be read.',
  instead:
    'Leave the value and keep it from being used by a CHECK (NOT VALID, VALIDATE later). Where it must go: a new column of the new type, written beside the old one, filled in batches and swapped; `godwit plan --from FILE` makes the plan.',
  aliases: { MigrationPilot: ['MP024'] },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE', rewrite: true }],
  bad: [
    {
      sql: 'ALTER TABLE tickets ALTER COLUMN status TYPE short_status USING status::text::short_status;',
      given:
        "CREATE TYPE short_status AS ENUM ('open', 'paid');\nCREATE TABLE tickets (status order_status);\nINSERT INTO tickets VALUES ('open');",
    },
    {
      sql: "ALTER TYPE order_status RENAME TO order_status_old;\nCREATE TYPE order_status AS ENUM ('open', 'paid');\nALTER TABLE tickets ALTER COLUMN status TYPE order_status USING status::text::order_status;",
      given: "CREATE TABLE tickets (status order_status);\nINSERT INTO tickets VALUES ('open');",
    },
    {
      sql: "DELETE FROM pg_enum WHERE enumlabel = 'sent';",
      notRun: 'who runs it has to be a superuser, and it is not seen in any table',
    },
  ],
  good: [
    { sql: "ALTER TYPE order_status ADD VALUE 'lost' AFTER 'sent';" },
    {
      sql: "CREATE TYPE mood AS ENUM ('glad', 'sad');\nCREATE TYPE short_mood AS ENUM ('glad');\nCREATE TABLE drafts (mood mood);\nALTER TABLE drafts ALTER COLUMN mood TYPE short_mood USING mood::text::short_mood;",
    },
    {
      sql: "ALTER TABLE orders ADD CONSTRAINT orders_not_sent CHECK (status <> 'sent') NOT VALID;",
    },
  ],
  on: ['AT_AlterColumnType', 'DeleteStmt', 'UpdateStmt'],
  check({ node, command }, context) {
    const catalogTable = writtenTable(node);
    if (catalogTable?.relname === 'pg_enum') {
      const message = 'pg_enum is changed by hand: indexes upon the values in it can no longer be read.';
      return [{ message, tables: ['pg_catalog.pg_enum'] }];
    }
    if (!('AlterTableStmt' in node) || command === undefined) return [];
    const { relation } = node.AlterTableStmt;
    if (isNew(context, relation)) return [];
    const change = typeChange(command, relationOf(context.catalog, relation));
    const to = change === undefined ? undefined : enumOf(change.to, context);
    if (change === undefined || to === undefined) return [];
    const from = change.from === undefined ? renamedEnum(to, context) : enumOf(change.from, context);
    return from === undefined ? [] : hits({ column: `${relation?.relname}.${change.column}`, from, to });
  },
};

function hits(swap: { readonly column: string; readonly from: LintType; readonly to: LintType }): readonly Hit[] {
  const gone = [...swap.from.labels].filter((label) => !swap.to.labels.has(label)).map((label) => `'${label}'`);
  if (gone.length === 0) return [];
  const message = `${swap.column} loses ${gone.join(', ')}: the table is written anew, and a row that has it makes the change fail.`;
  return [{ message }];
}

function enumOf({ name, schema }: ColumnType, { catalog }: LintContext): LintType | undefined {
  const names: readonly Node[] = [...(schema === undefined ? [] : [schema]), name].map((sval) => ({
    String: { sval },
  }));
  const type = typeNamed(catalog, names);
  return type?.kind === 'enum' ? type : undefined;
}

/** The enum that had the name of another one before this file renamed it away. */
function renamedEnum(to: LintType, { catalog, file }: LintContext): LintType | undefined {
  for (const { node } of file.units) {
    if (!('RenameStmt' in node) || node.RenameStmt.renameType !== 'OBJECT_TYPE') continue;
    const { object, newname = '' } = node.RenameStmt;
    const names = object !== undefined && 'List' in object ? stringsOf(object.List.items) : [];
    if (names.at(-1) !== to.name) continue;
    return typeNamed(
      catalog,
      [...names.slice(0, -1), newname].map((sval) => ({ String: { sval } })),
    );
  }
  return undefined;
}
