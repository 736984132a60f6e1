import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { typeNamed } from '../../lint/catalog/apply-type.ts';
import type { Rule } from '../../rule.ts';

export const enumRenameValue: Rule = {
  id: 'pg/enum-rename-value',
  severity: 'warning',
  summary: 'A value of an enum is renamed under code that uses it',
  why: 'The rename takes effect at once and locks no table. Code that still writes or compares with the old name fails from that moment with 22P02, and code that reads meets a name that it does not know.',
  instead:
    'Add the new value, release code that reads both, let it write the new one, UPDATE the rows in batches, and leave the old value where it is.',
  aliases: { strong_migrations: ['rename_enum_value'], MigrationPilot: ['MP060'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: "ALTER TYPE order_status RENAME VALUE 'open' TO 'new';" },
    { sql: "ALTER TYPE public.order_status RENAME VALUE 'sent' TO 'shipped';" },
    {
      sql: "ALTER TYPE mood RENAME VALUE 'sad' TO 'unhappy';",
      given: "CREATE TYPE mood AS ENUM ('glad', 'sad');",
    },
  ],
  good: [
    { sql: "ALTER TYPE order_status ADD VALUE 'lost' AFTER 'sent';" },
    { sql: "CREATE TYPE mood AS ENUM ('glad', 'sad');\nALTER TYPE mood RENAME VALUE 'sad' TO 'unhappy';" },
    { sql: 'ALTER TYPE order_status RENAME TO status_of_order;' },
  ],
  on: ['AlterEnumStmt'],
  check({ node }, { catalog }) {
    if (!('AlterEnumStmt' in node)) return [];
    const { typeName, newVal, oldVal } = node.AlterEnumStmt;
    const isOfThisMigration = typeNamed(catalog, typeName)?.born.migration === catalog.moment.migration;
    if (oldVal === undefined || isOfThisMigration) return [];
    const name = stringsOf(typeName).join('.');
    return [
      { message: `'${oldVal}' of ${name} is called '${newVal}' at once: code that still says '${oldVal}' fails.` },
    ];
  },
};
