import type { ColumnDef, Node } from 'libpg-query';
import { columnType, typeWords } from '../../lint/column-type.ts';
import type { LintContext } from '../../lint/context.ts';
import { columnParts } from '../../lint/effects/add-column.ts';
import { type DeclaredColumn, declaredColumns } from '../../lint/questions/declared-columns.ts';
import { declaredConstraints } from '../../lint/questions/declared-constraints.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

export const preferBigint: Rule = {
  id: 'pg/prefer-bigint',
  severity: 'warning',
  summary: 'A key, or a column that numbers rows, is made of an integer type that can run out',
  why: 'An integer ends at 2 147 483 647, a smallint at 32 767, and every INSERT fails from then on. Making it a bigint later writes the whole table anew behind ACCESS EXCLUSIVE, and each table that refers to it.',
  instead: 'Write id bigint GENERATED ALWAYS AS IDENTITY, and bigint for columns that refer to it.',
  aliases: {
    squawk: ['prefer-bigint-over-int', 'prefer-bigint-over-smallint'],
    MigrationPilot: ['MP038', 'MP068'],
    pgsafe: ['prefer-bigint-primary-key'],
  },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'CREATE TABLE drafts (id serial PRIMARY KEY, title text);' },
    { sql: 'CREATE TABLE drafts (id integer GENERATED ALWAYS AS IDENTITY, title text, PRIMARY KEY (id));' },
    { sql: 'CREATE TABLE drafts (id int, title text, CONSTRAINT drafts_pkey PRIMARY KEY (id));' },
    { sql: 'CREATE TABLE drafts (id smallserial PRIMARY KEY);' },
    { sql: 'ALTER TABLE notes ADD COLUMN number serial;' },
    { sql: 'CREATE TABLE drafts (title text, number integer GENERATED ALWAYS AS IDENTITY);' },
    { sql: "CREATE TABLE drafts (id integer DEFAULT nextval('invoice_numbers') PRIMARY KEY);" },
  ],
  good: [
    { sql: 'CREATE TABLE drafts (id bigserial PRIMARY KEY, size integer, kind smallint);' },
    { sql: 'CREATE TABLE drafts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);' },
    { sql: 'CREATE TABLE pages (draft_id bigint, number integer, PRIMARY KEY (draft_id, number));' },
    { sql: 'CREATE TABLE weekdays (number smallint PRIMARY KEY, name text);' },
    {
      sql: 'CREATE TABLE covers (book_id integer PRIMARY KEY REFERENCES books (id));',
      given: 'CREATE TABLE books (id integer PRIMARY KEY);',
    },
    { sql: 'ALTER TABLE notes ADD COLUMN stars integer;' },
  ],
  on: ['CreateStmt', 'AT_AddColumn'],
  check(unit, context) {
    return declaredColumns(unit, context).flatMap((column) => {
      const type = columnType(column.definition.typeName);
      const isSmall = type.schema === undefined && ['int2', 'int4'].includes(type.name) && !type.isArray;
      if (!isSmall || !isKey(column, { unit, context })) return [];
      const what = isUnique(column.definition, { unit, context }) ? 'is a key' : 'numbers rows, with values';
      const message = `${column.table?.relname}.${column.name} ${what} of type ${typeWords(type)}, which can run out.`;
      return [{ message, at: column.isOfNewTable ? column.definition.location : undefined }];
    });
  },
};

/** Does it number rows, or is it an integer that alone is the primary key and no one else's? */
function isKey(column: DeclaredColumn, at: { readonly unit: Unit; readonly context: LintContext }): boolean {
  const { definition } = column;
  const { isSerial, isIdentity, default: value } = columnParts(definition);
  if (isSerial || isIdentity || isNextval(value)) return true;
  return (
    columnType(definition.typeName).name === 'int4' && isOnlyKey(definition, at) && !refersElsewhere(definition, at)
  );
}

/** Does the column take part in a primary key or a unique constraint? Numbering alone makes none. */
function isUnique({ colname = '' }: ColumnDef, { unit, context }: Parameters<typeof isKey>[1]): boolean {
  return declaredConstraints(unit, context).some(
    ({ constraint, columns }) =>
      (constraint.contype === 'CONSTR_PRIMARY' || constraint.contype === 'CONSTR_UNIQUE') && columns.includes(colname),
  );
}

function isOnlyKey({ colname }: ColumnDef, { unit, context }: Parameters<typeof isKey>[1]): boolean {
  return declaredConstraints(unit, context).some(
    ({ constraint, columns }) =>
      constraint.contype === 'CONSTR_PRIMARY' && columns.length === 1 && columns[0] === colname,
  );
}

function refersElsewhere({ colname = '' }: ColumnDef, { unit, context }: Parameters<typeof isKey>[1]): boolean {
  return declaredConstraints(unit, context).some(
    ({ constraint, columns }) => constraint.contype === 'CONSTR_FOREIGN' && columns.includes(colname),
  );
}

function isNextval(value: Node | undefined): boolean {
  if (value === undefined || !('FuncCall' in value)) return false;
  const name = value.FuncCall.funcname?.at(-1);
  return name !== undefined && 'String' in name && name.String.sval === 'nextval';
}
