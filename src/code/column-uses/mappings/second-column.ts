import type * as TypeScript from 'typescript';
import type { NestedEdit } from '#core/nested-edit';
import ts from '../../typescript.cts';

/**
 * A member of an interface of Kysely's once more, under the new name of its column. Whoever inserts may leave it out, as
 * code that writes the old name does, and the database fills it: https://kysely-org.github.io/kysely-apidoc/types/Generated.html
 */
export function secondColumn(column: TypeScript.TypeElement, to: string): NestedEdit {
  const { text } = column.getSourceFile();
  const start = column.getStart();
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const between = line.trim() === '' ? `\n${line}` : ' ';
  const end = column.getEnd();
  const ending = /[;,]$/.test(text.slice(0, end)) ? '' : ';';
  return { start: end, end, parts: [`${ending}${between}${to}${typed(column, end)}`] };
}

/** What stands behind the name, with a type that an insert need not give. */
function typed(column: TypeScript.TypeElement, end: number): string {
  const { text } = column.getSourceFile();
  const from = column.name?.getEnd() ?? end;
  const type = ts.isPropertySignature(column) ? column.type : undefined;
  if (type === undefined || !ts.isPropertySignature(column) || column.questionToken !== undefined)
    return text.slice(from, end);
  return `${text.slice(from, type.getStart())}${optionalOnInsert(type)}${text.slice(type.getEnd(), end)}`;
}

function optionalOnInsert(type: TypeScript.TypeNode): string {
  const text = type.getText();
  if (takesNothing(type)) return text;
  if (isPlain(type)) return `${nameOf('Generated', type)}<${text}>`;
  const name = ts.isTypeReferenceNode(type) ? type.typeName.getText() : '';
  if (/^Generated/.test(name)) return text;
  const [selected, inserted = selected, updated = selected] = ts.isTypeReferenceNode(type)
    ? (type.typeArguments ?? [])
    : [];
  if (name === 'ColumnType' && selected !== undefined && inserted !== undefined && updated !== undefined)
    return takesNothing(inserted)
      ? text
      : `${name}<${selected.getText()}, ${inserted.getText()} | undefined, ${updated.getText()}>`;
  const of = (part: string) => `${nameOf(part, type)}<${text}>`;
  return `${nameOf('ColumnType', type)}<${of('SelectType')}, ${of('InsertType')} | undefined, ${of('UpdateType')}>`;
}

/** Does a type have `null` or `undefined` in it? Kysely lets an insert leave such a column out. */
function takesNothing(type: TypeScript.TypeNode): boolean {
  if (ts.isUnionTypeNode(type)) return type.types.some(takesNothing);
  if (ts.isLiteralTypeNode(type)) return type.literal.kind === ts.SyntaxKind.NullKeyword;
  return type.kind === ts.SyntaxKind.UndefinedKeyword || type.kind === ts.SyntaxKind.AnyKeyword;
}

/** Is it the same type for whoever selects, inserts and updates, whatever the names of the file mean? */
function isPlain(type: TypeScript.TypeNode): boolean {
  if (ts.isUnionTypeNode(type)) return type.types.every(isPlain);
  if (ts.isArrayTypeNode(type)) return isPlain(type.elementType);
  if (ts.isTypeReferenceNode(type)) return /^(Date|Buffer|Uint8Array)$/.test(type.typeName.getText());
  return ts.isLiteralTypeNode(type) || plainKinds.has(type.kind);
}

const plainKinds: ReadonlySet<TypeScript.SyntaxKind> = new Set([
  ts.SyntaxKind.StringKeyword,
  ts.SyntaxKind.NumberKeyword,
  ts.SyntaxKind.BooleanKeyword,
  ts.SyntaxKind.BigIntKeyword,
]);

/** A type of Kysely's as the file can name it: by its import, or without one. */
function nameOf(name: string, node: TypeScript.Node): string {
  const { text } = node.getSourceFile();
  const isImported = new RegExp(`import\\s[^;'"]*\\b${name}\\b[^;'"]*from\\s*['"]kysely['"]`).test(text);
  return isImported ? name : `import('kysely').${name}`;
}
