import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');

/** A field as a page shows it. */
type Field = { readonly name: string; readonly type: string; readonly isOptional: boolean; readonly means: string };

/** A schema with its fields, or one per kind where it is a union told apart by `kind`. */
export type SchemaTable = {
  readonly name: string;
  readonly means: string;
  /** What an enum may be; empty for everything else. */
  readonly values: readonly string[];
  readonly variants: readonly { readonly kind: string | undefined; readonly fields: readonly Field[] }[];
};

/**
 * The zod schemas that a file of core declares, as written: their fields, and the sentence in the doc comment above each.
 * The comments are the glossary, and zod does not know them; so the source is read and not the schema.
 */
export function schemaTables(path: string): readonly SchemaTable[] {
  const source = ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest, true);
  const shared = new Map<string, ts.ObjectLiteralExpression>();
  const tables: SchemaTable[] = [];
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const declaration of statement.declarationList.declarations) {
      const { initializer } = declaration;
      const name = declaration.name.getText();
      if (initializer === undefined) continue;
      if (ts.isObjectLiteralExpression(initializer)) shared.set(name, initializer);
      const variants = variantsOf(initializer, shared) ?? [];
      const values = valuesOf(initializer);
      if (name.endsWith('Schema') && (variants.length > 0 || values.length > 0))
        tables.push({ name, means: commentOf(statement) || commentOfType(source, name), values, variants });
    }
  }
  return tables;
}

type Shared = ReadonlyMap<string, ts.ObjectLiteralExpression>;

function variantsOf(initializer: ts.Expression, shared: Shared): SchemaTable['variants'] | undefined {
  const call = innermost(initializer);
  if (call === undefined) return undefined;
  const [first, second] = call.arguments;
  if (first !== undefined && ts.isObjectLiteralExpression(first))
    return [{ kind: undefined, fields: fieldsOf(first, shared) }];
  if (second === undefined || !ts.isArrayLiteralExpression(second)) return undefined;
  return second.elements
    .flatMap((element) => variantsOf(element, shared) ?? [])
    .map(({ fields }) => {
      const kind = fields.find(({ name }) => name === 'kind')?.type;
      return { kind, fields: fields.filter(({ name }) => name !== 'kind') };
    });
}

function valuesOf(initializer: ts.Expression): readonly string[] {
  if (!ts.isCallExpression(initializer) || initializer.expression.getText() !== 'z.enum') return [];
  const [first] = initializer.arguments;
  if (first === undefined || !ts.isArrayLiteralExpression(first)) return [];
  return first.elements.flatMap((one) => (ts.isStringLiteral(one) ? [one.text] : []));
}

/** The call of `z.object`, `z.strictObject` or `z.discriminatedUnion` under what is chained onto it. */
function innermost(expression: ts.Expression): ts.CallExpression | undefined {
  if (!ts.isCallExpression(expression) || !ts.isPropertyAccessExpression(expression.expression)) return undefined;
  const { expression: of, name } = expression.expression;
  if (of.getText() !== 'z') return innermost(of);
  return ['object', 'strictObject', 'discriminatedUnion'].includes(name.text) ? expression : undefined;
}

function fieldsOf(literal: ts.ObjectLiteralExpression, shared: Shared): readonly Field[] {
  return literal.properties.flatMap((property): readonly Field[] => {
    if (ts.isSpreadAssignment(property)) {
      const spread = shared.get(property.expression.getText());
      return spread === undefined ? [] : fieldsOf(spread, shared);
    }
    if (!ts.isPropertyAssignment(property)) return [];
    const { type, isOptional } = typeOf(property.initializer);
    return [{ name: property.name.getText(), type, isOptional, means: commentOf(property) }];
  });
}

/** The type in words: `list of Step`, `text`, `one of a, b`. A schema is called as its type: `stepSchema` is Step. */
function typeOf(expression: ts.Expression): { readonly type: string; readonly isOptional: boolean } {
  const certain = (type: string) => ({ type, isOptional: false });
  if (ts.isIdentifier(expression)) return certain(typeName(expression.text));
  if (!ts.isCallExpression(expression) || !ts.isPropertyAccessExpression(expression.expression)) return certain('any');
  const { expression: of, name } = expression.expression;
  if (of.getText() !== 'z') {
    const inner = typeOf(of);
    return name.text === 'optional' ? { ...inner, isOptional: true } : inner;
  }
  const [first, second] = expression.arguments;
  return certain(wordsFor(name.text, first, second));
}

function wordsFor(form: string, first: ts.Expression | undefined, second: ts.Expression | undefined): string {
  const of = (one: ts.Expression | undefined) => (one === undefined ? 'any' : typeOf(one).type);
  switch (form) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'int':
      return 'whole number';
    case 'boolean':
      return 'true or false';
    case 'literal':
      return first?.getText().replaceAll("'", '') ?? '';
    case 'array':
      return `list of ${of(first)}`;
    case 'record':
      return `${of(second)} by name`;
    case 'enum':
    case 'union': {
      const members = first !== undefined && ts.isArrayLiteralExpression(first) ? first.elements : [];
      const words = members.map((one) => (ts.isStringLiteral(one) ? one.text : typeOf(one).type));
      return `${form === 'enum' ? 'one of ' : ''}${words.join(form === 'enum' ? ', ' : ' or ')}`;
    }
    case 'object': {
      const fields = first !== undefined && ts.isObjectLiteralExpression(first) ? first.properties : [];
      return `object of ${fields.map((field) => field.name?.getText() ?? '').join(', ')}`;
    }
    default:
      return 'any';
  }
}

/** `stepSchema` is Step. */
export function typeName(schema: string): string {
  const name = schema.replace(/Schema$/, '');
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function commentOf(node: ts.Node): string {
  const text = ts
    .getJSDocCommentsAndTags(node)
    .flatMap(({ comment }) => (typeof comment === 'string' ? [comment] : []));
  return text.join(' ').replaceAll(/\s+/g, ' ').trim();
}

/** Some schemas have their sentence above the type that is taken from them. */
function commentOfType(source: ts.SourceFile, schema: string): string {
  const type = source.statements.find(
    (statement) => ts.isTypeAliasDeclaration(statement) && statement.name.text === typeName(schema),
  );
  return type === undefined ? '' : commentOf(type);
}
