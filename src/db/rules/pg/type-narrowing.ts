import { type ColumnType, typeWords } from '../../lint/column-type.ts';
import { typeChange } from '../../lint/effects/type-change.ts';
import { viewsOnColumn } from '../../lint/effects/type-dependants.ts';
import { alteredTable } from '../../lint/questions/altered-table.ts';
import type { Rule } from '../../rule.ts';

export const typeNarrowing: Rule = {
  id: 'pg/type-narrowing',
  severity: 'warning',
  summary: 'A column gets a type that does not hold every value it may have',
  why: 'A value that does not fit stops the change with 22001 or 22003 after the rows before it were written; a cast in USING cuts text off without a word, and a smaller scale rounds. Code that still writes the old width fails afterwards.',
  instead:
    'Look first what is there (max(length(…)), max(…)); keep the type and add a CHECK … NOT VALID; or bring a new column beside it. `godwit plan --from FILE` makes the plan.',
  aliases: { strong_migrations: ['change_column'], MigrationPilot: ['MP044'] },
  needs: 'schema',
  claims: [{ lock: 'ACCESS EXCLUSIVE', rewrite: true, scan: true }],
  bad: [
    { sql: 'ALTER TABLE users ALTER COLUMN code TYPE varchar(10);' },
    { sql: 'ALTER TABLE items ALTER COLUMN id TYPE integer;' },
    { sql: 'ALTER TABLE users ALTER COLUMN balance TYPE numeric(8, 2);' },
    { sql: 'ALTER TABLE items ALTER COLUMN price TYPE numeric(10, 0);' },
    { sql: 'ALTER TABLE orders ALTER COLUMN note TYPE varchar(200);' },
    { sql: 'ALTER TABLE users ALTER COLUMN code TYPE varchar(3) USING left(code, 3);' },
    { sql: 'ALTER TABLE users ALTER COLUMN age TYPE smallint;' },
    { sql: 'ALTER TABLE users ALTER COLUMN updated_at TYPE date;' },
  ],
  good: [
    { sql: 'ALTER TABLE users ALTER COLUMN code TYPE varchar(40);' },
    { sql: 'ALTER TABLE users ALTER COLUMN age TYPE bigint;' },
    { sql: 'ALTER TABLE items ALTER COLUMN price TYPE numeric(12, 2);' },
    { sql: 'ALTER TABLE users ALTER COLUMN email TYPE text;' },
    { sql: 'ALTER TABLE items ALTER COLUMN quantity TYPE numeric;' },
    { sql: 'CREATE TABLE drafts (n bigint);\nALTER TABLE drafts ALTER COLUMN n TYPE integer;' },
  ],
  on: ['AT_AlterColumnType'],
  check(unit, context) {
    const table = alteredTable(unit, context);
    const change = table === undefined ? undefined : typeChange(table.command, table.relation);
    if (table === undefined || change?.from === undefined) return [];
    const { column, from, to } = change;
    if (!isNarrower(from, to) || viewsOnColumn(table.relation, column, context.catalog).length > 0) return [];
    return [
      {
        message: `${table.said}.${column} goes from ${typeWords(from)} to ${typeWords(to)}: values that do not fit stop the change or lose a part.`,
      },
    ];
  },
};

/** Has the one type values that the other has not? Only for kinds whose sizes can be compared. */
function isNarrower(from: ColumnType, to: ColumnType): boolean {
  if (from.isArray !== to.isArray || from.schema !== undefined || to.schema !== undefined) return false;
  const [old, target] = [kindOf(from), kindOf(to)];
  if (old === undefined || old.kind !== target?.kind) return false;
  return target.size < old.size || target.scale < old.scale;
}

const integers: Readonly<Record<string, number>> = { int2: 5, int4: 10, int8: 19 };
/** What of a moment a type keeps. */
const moments: Readonly<Record<string, number>> = { date: 1, timestamp: 2, timestamptz: 2 };

/** A size that can be compared within a kind: digits before the point, characters, parts of a moment. */
function kindOf({
  name,
  modifiers,
}: ColumnType): { readonly kind: string; readonly size: number; readonly scale: number } | undefined {
  const [length, scale = 0] = modifiers;
  const digits = integers[name];
  if (digits !== undefined) return { kind: 'number', size: digits, scale: 0 };
  if (name === 'numeric') {
    if (length === undefined)
      return { kind: 'number', size: Number.POSITIVE_INFINITY, scale: Number.POSITIVE_INFINITY };
    return { kind: 'number', size: length - scale, scale };
  }
  const isText = name === 'text' || name === 'varchar' || name === 'bpchar' || name === 'citext';
  if (isText) return { kind: 'text', size: length ?? Number.POSITIVE_INFINITY, scale: 0 };
  const parts = moments[name];
  return parts === undefined ? undefined : { kind: 'moment', size: parts, scale: 0 };
}
