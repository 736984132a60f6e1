import { fullName } from '../../lint/catalog/catalog.ts';
import { isNew } from '../../lint/context.ts';
import { isReferenceRead } from '../../lint/effects/add-column.ts';
import { newColumn } from '../../lint/questions/new-column.ts';
import type { Rule } from '../../rule.ts';

export const addColumnInlineFk: Rule = {
  id: 'pg/add-column-inline-fk',
  severity: 'error',
  summary: 'A column is added with REFERENCES, which locks two tables and with a default reads every row',
  why: 'The table is locked with ACCESS EXCLUSIVE and the one it refers to with SHARE ROW EXCLUSIVE, so that its writers wait too. While the column is NULL in all rows nothing is read and it is over in an instant; with a default every row is looked up in the other table first.',
  instead:
    'ADD COLUMN alone, then ADD CONSTRAINT … FOREIGN KEY … NOT VALID under a short lock_timeout, and in a later transaction VALIDATE CONSTRAINT.',
  aliases: {
    squawk: ['adding-foreign-key-constraint'],
    eugene: ['E1'],
    strong_migrations: ['add_reference'],
    atlas: ['PG306'],
    'pg-schema-diff': ['ACQUIRES_SHARE_ROW_EXCLUSIVE_LOCK'],
    MigrationPilot: ['MP069'],
  },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }, { lock: 'ACCESS EXCLUSIVE', scan: true }],
  bad: [
    { sql: 'ALTER TABLE items ADD COLUMN user_id bigint REFERENCES users (id);' },
    {
      sql: 'ALTER TABLE items ADD COLUMN user_id bigint NOT NULL DEFAULT 1 REFERENCES users;',
      claim: { lock: 'ACCESS EXCLUSIVE', scan: true },
    },
    {
      given:
        'CREATE TABLE parts (id bigint PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (1000); INSERT INTO parts VALUES (1);',
      sql: 'ALTER TABLE items ADD COLUMN part_id bigint REFERENCES parts (id);',
    },
    {
      sql: 'ALTER TABLE items ADD COLUMN user_id bigint DEFAULT 1 REFERENCES users (id) NOT ENFORCED;',
      from: 18,
    },
    { sql: 'ALTER TABLE orders ADD COLUMN a text, ADD COLUMN replaced_by bigint REFERENCES orders (id);' },
    {
      sql: "ALTER TABLE items ADD COLUMN country char(2) DEFAULT 'DE' CONSTRAINT items_country REFERENCES countries;",
      claim: { lock: 'ACCESS EXCLUSIVE', scan: true },
    },
  ],
  good: [
    {
      sql: 'ALTER TABLE items ADD COLUMN user_id bigint;\nALTER TABLE items ADD CONSTRAINT items_user FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;',
    },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));' },
    { sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts ADD COLUMN user_id bigint REFERENCES users (id);' },
    { sql: 'ALTER TABLE orders ADD COLUMN IF NOT EXISTS user_id bigint REFERENCES users (id);' },
  ],
  on: ['AT_AddColumn'],
  check(unit, context) {
    const added = newColumn(unit, context);
    const table = added?.parts.reference?.pktable;
    if (added === undefined || table === undefined) return [];
    const { column, said, at, name, parts } = added;
    const isOwn = fullName(context.catalog, table) === name;
    const both = isOwn || isNew(context, table) ? said : `${said} and the writers of ${table.relname}`;
    const isReading = isReferenceRead(parts);
    const what = isReading ? `while every row is looked up for ${column}` : 'for an instant';
    return [
      {
        at,
        message: `All use of ${both} waits ${what}.`,
        ...(isReading ? {} : { severity: 'advice' }),
      },
    ];
  },
};
