import type { Column, Grant, QualifiedName } from '../../../schema.ts';
import type { ColumnSpelling, ColumnText } from '../../../spelling.ts';
import { quoteLiteral, quoteName, quoteQualified } from '../quote.ts';
import { isFreeTypeChange } from './free-type-change.ts';

export const columnSpelling: ColumnSpelling = {
  addColumn: (table, column) => `${alter(table)} ADD COLUMN ${columnText(column)}`,
  dropColumn: (table, column) => `${alter(table)} DROP COLUMN IF EXISTS ${quoteName(column)}`,
  renameColumn: (table, column, to) => `${alter(table)} RENAME COLUMN ${quoteName(column)} TO ${quoteName(to)}`,
  setDefault: (table, column, expression) => `${alterColumn(table, column)} SET DEFAULT ${expression}`,
  dropDefault: (table, column) => `${alterColumn(table, column)} DROP DEFAULT`,
  addIdentity: (table, column, kind, sequence) =>
    `${alterColumn(table, column)} ADD GENERATED ${kind === 'always' ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY${
      sequence === undefined ? '' : ` (SEQUENCE NAME ${quoteQualified(sequence.name)} ${sequence.options})`
    }`,
  dropIdentity: (table, column) => `${alterColumn(table, column)} DROP IDENTITY IF EXISTS`,
  setNotNull: (table, column) => `${alterColumn(table, column)} SET NOT NULL`,
  dropNotNull: (table, column) => `${alterColumn(table, column)} DROP NOT NULL`,
  setType: (table, column, to) => `${alterColumn(table, column)} TYPE ${to.type}${collate(to.collation)}`,
  isFreeTypeChange,
  decorations,
  undecorate,
  grants,
};

function alter(table: QualifiedName): string {
  return `ALTER TABLE ${quoteQualified(table)}`;
}

function alterColumn(table: QualifiedName, column: string): string {
  return `${alter(table)} ALTER COLUMN ${quoteName(column)}`;
}

function collate(collation: string | undefined): string {
  return collation === undefined ? '' : ` COLLATE ${collation}`;
}

/** What stands after ADD COLUMN, or in the list of CREATE TABLE. */
export function columnText(column: ColumnText): string {
  const { name, type, collation, isNotNull, defaultExpression } = column;
  const parts = [quoteName(name), `${type}${collate(collation)}`];
  if (defaultExpression !== undefined) parts.push(`DEFAULT ${defaultExpression}`);
  if (column.identity !== undefined) parts.push(identityText(column));
  if (column.generated !== undefined) {
    parts.push(`GENERATED ALWAYS AS (${column.generated.expression}) ${column.generated.kind.toUpperCase()}`);
  }
  if (isNotNull === true) parts.push('NOT NULL');
  return parts.join(' ');
}

function identityText({ identity, sequence }: ColumnText): string {
  const options = sequence === undefined ? '' : ` (SEQUENCE NAME ${quoteQualified(sequence)})`;
  return `GENERATED ${identity === 'always' ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY${options}`;
}

function decorations(table: QualifiedName, column: Column, name: string): readonly string[] {
  const statements: string[] = [];
  const { comment, statisticsTarget, storage, compression } = column;
  const place = alterColumn(table, name);
  if (comment !== undefined) {
    statements.push(`COMMENT ON COLUMN ${quoteQualified(table)}.${quoteName(name)} IS ${quoteLiteral(comment)}`);
  }
  if (statisticsTarget !== undefined) statements.push(`${place} SET STATISTICS ${statisticsTarget}`);
  if (storage !== undefined) statements.push(`${place} SET STORAGE ${storage}`);
  if (compression !== undefined) statements.push(`${place} SET COMPRESSION ${compression}`);
  return [...statements, ...grants(table, name, column.grants)];
}

function undecorate(
  table: QualifiedName,
  { comment, statisticsTarget, grants: given }: Column,
  { name, keepsGrants }: { readonly name: string; readonly keepsGrants: boolean },
): readonly string[] {
  const column = `${quoteQualified(table)}.${quoteName(name)}`;
  return [
    ...(comment === undefined ? [] : [`COMMENT ON COLUMN ${column} IS NULL`]),
    ...(statisticsTarget === undefined ? [] : [`${alterColumn(table, name)} SET STATISTICS -1`]),
    ...(keepsGrants ? [] : given).map(
      ({ role, privilege }) =>
        `REVOKE ${privilege} (${quoteName(name)}) ON ${quoteQualified(table)} FROM ${roleName(role)} CASCADE`,
    ),
  ];
}

function grants(table: QualifiedName, column: string, given: readonly Grant[]): readonly string[] {
  return given.map(({ role, privilege, isGrantable }) => {
    const option = isGrantable ? ' WITH GRANT OPTION' : '';
    return `GRANT ${privilege} (${quoteName(column)}) ON ${quoteQualified(table)} TO ${roleName(role)}${option}`;
  });
}

/** A role in GRANT; the catalog's role 0 is everybody. */
export function roleName(role: string): string {
  return role.toUpperCase() === 'PUBLIC' ? 'PUBLIC' : quoteName(role);
}
