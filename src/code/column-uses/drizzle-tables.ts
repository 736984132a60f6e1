import type * as TypeScript from 'typescript';
import { nodesBelow } from '../engine/compiler-tree.ts';
import ts from '../typescript.cts';
import type { UseFile } from './code-use.ts';
import { snakeCase } from './name-match.ts';
import { calledName, propertyName } from './syntax.ts';

/** A table that is declared by Drizzle. */
export type DrizzleTable = {
  readonly path: string;
  /** What it is called in the code; undefined where it is not bound to a name. */
  readonly variable: string | undefined;
  readonly schema: string | undefined;
  /** The literal with the name of the table. */
  readonly name: TypeScript.StringLiteralLike;
  readonly columns: readonly DrizzleColumn[];
};

export type DrizzleColumn = {
  readonly key: string;
  readonly property: TypeScript.PropertyAssignment;
  readonly column: string;
  /** The literal with the name of the column, or the call that would get one. */
  readonly said: TypeScript.StringLiteralLike | undefined;
  readonly builder: TypeScript.CallExpression;
};

/** The tables that a file declares. `isSnake` where columns without a name of their own are called so. */
export function drizzleTables(file: UseFile, { isSnake }: { readonly isSnake: boolean }): readonly DrizzleTable[] {
  const source = file.tree();
  if (source === undefined || !/\bpg(Table|Schema)|createTable/.test(file.text)) return [];
  const schemas = schemasIn(source);
  return [...nodesBelow(source)].flatMap((node) => {
    if (!ts.isCallExpression(node) || !isTableCall(node, schemas)) return [];
    const [name, shape] = node.arguments;
    const columns = shape === undefined ? undefined : literalOf(shape);
    if (name === undefined || !ts.isStringLiteralLike(name) || columns === undefined) return [];
    const variable =
      ts.isVariableDeclaration(node.parent) && ts.isIdentifier(node.parent.name) ? node.parent.name.text : undefined;
    return [{ path: file.path, variable, schema: schemaOf(node, schemas), name, columns: columnsIn(columns, isSnake) }];
  });
}

/** `const auth = pgSchema('auth')` */
function schemasIn(source: TypeScript.SourceFile): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const node of nodesBelow(source)) {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name)) continue;
    const { initializer } = node;
    if (initializer === undefined || !ts.isCallExpression(initializer) || calledName(initializer) !== 'pgSchema')
      continue;
    const [name] = initializer.arguments;
    if (name !== undefined && ts.isStringLiteralLike(name)) found.set(node.name.text, name.text);
  }
  return found;
}

function isTableCall(node: TypeScript.CallExpression, schemas: ReadonlyMap<string, string>): boolean {
  return /^(pgTable|createTable)$/.test(calledName(node) ?? '') || schemaOf(node, schemas) !== undefined;
}

function schemaOf({ expression }: TypeScript.CallExpression, schemas: ReadonlyMap<string, string>): string | undefined {
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'table') return undefined;
  return ts.isIdentifier(expression.expression) ? schemas.get(expression.expression.text) : undefined;
}

/** `{ … }`, or `(t) => ({ … })`. */
function literalOf(node: TypeScript.Expression): TypeScript.ObjectLiteralExpression | undefined {
  if (ts.isObjectLiteralExpression(node)) return node;
  if (!ts.isArrowFunction(node)) return undefined;
  const body = ts.isParenthesizedExpression(node.body) ? node.body.expression : node.body;
  return ts.isObjectLiteralExpression(body) ? body : undefined;
}

function columnsIn(literal: TypeScript.ObjectLiteralExpression, isSnake: boolean): readonly DrizzleColumn[] {
  return literal.properties.flatMap((property) => {
    const key = propertyName(property);
    if (key === undefined || !ts.isPropertyAssignment(property)) return [];
    const builder = innermost(property.initializer);
    if (builder === undefined) return [];
    const [first] = builder.arguments;
    const said = first !== undefined && ts.isStringLiteralLike(first) ? first : undefined;
    return [{ key, property, said, builder, column: said?.text ?? (isSnake ? snakeCase(key) : key) }];
  });
}

/** `text('name')` in `text('name').notNull().unique()`. */
function innermost(node: TypeScript.Expression): TypeScript.CallExpression | undefined {
  let call: TypeScript.CallExpression | undefined;
  let at = node;
  for (;;) {
    if (ts.isCallExpression(at)) {
      const { expression } = at;
      call = at;
      if (!ts.isPropertyAccessExpression(expression) || !ts.isCallExpression(expression.expression)) return call;
      at = expression.expression;
    } else return call;
  }
}
