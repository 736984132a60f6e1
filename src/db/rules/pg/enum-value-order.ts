import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { typeNamed } from '../../lint/catalog/apply-type.ts';
import type { Rule } from '../../rule.ts';

export const enumValueOrder: Rule = {
  id: 'pg/enum-value-order',
  severity: 'advice',
  summary: 'A value is added to an enum without saying where it stands in the order',
  why: 'An enum is sorted and compared in the order of its values. Without BEFORE or AFTER the new one comes last, and it can never be moved.',
  instead: "ALTER TYPE … ADD VALUE 'new' AFTER 'other', so that the order is meant.",
  aliases: { squawk: ['require-enum-value-ordering'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: "ALTER TYPE order_status ADD VALUE 'lost';" },
    { sql: "ALTER TYPE order_status ADD VALUE IF NOT EXISTS 'lost';" },
    { sql: "ALTER TYPE public.order_status ADD VALUE 'lost';" },
  ],
  good: [
    { sql: "ALTER TYPE order_status ADD VALUE 'lost' AFTER 'sent';" },
    { sql: "ALTER TYPE order_status ADD VALUE 'draft' BEFORE 'open';" },
    { sql: "ALTER TYPE order_status ADD VALUE IF NOT EXISTS 'open';" },
    { sql: "ALTER TYPE order_status RENAME VALUE 'open' TO 'new';" },
  ],
  on: ['AlterEnumStmt'],
  check({ node }, { catalog }) {
    if (!('AlterEnumStmt' in node)) return [];
    const { typeName, newVal, oldVal, newValNeighbor, skipIfNewValExists } = node.AlterEnumStmt;
    if (newVal === undefined || oldVal !== undefined || newValNeighbor !== undefined) return [];
    if (skipIfNewValExists === true && typeNamed(catalog, typeName)?.labels.has(newVal) === true) return [];
    const name = stringsOf(typeName).join('.');
    return [{ message: `'${newVal}' comes last in the order of ${name}, for good; say AFTER or BEFORE which value.` }];
  },
};
