import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../engine/compiler-tree.ts';
import ts from '../../typescript.cts';
import type { UseFile, UseTree } from '../code-use.ts';
import { returnsOf } from '../flows/flow.ts';
import type { Constant } from '../modules/constants.ts';
import { plain } from '../modules/members.ts';
import { snakeCase } from '../name-match.ts';
import { calledName, propertyName } from '../syntax.ts';

/** A table that is declared by Drizzle. */
export type DrizzleTable = {
  readonly path: string;
  /** What it is called in the code; undefined where it is not bound to a name. */
  readonly variable: string | undefined;
  readonly schema: string | undefined;
  /** What it is called in the database. */
  readonly table: string;
  readonly call: TypeScript.CallExpression;
  /** The literal with the name of the table. */
  readonly name: Literal;
  /** Is the literal a part of the name alone, behind what a creator of tables puts in front? */
  readonly isPart: boolean;
  readonly columns: readonly DrizzleColumn[];
};

/** A literal, and the constants by whose names it was come to. */
type Literal = { readonly node: TypeScript.StringLiteralLike; readonly through: readonly Constant[] };

export type DrizzleColumn = {
  readonly key: string;
  readonly property: TypeScript.PropertyAssignment;
  readonly column: string;
  /** The literal with the name of the column, or the call that would get one. */
  readonly said: Literal | undefined;
  readonly builder: TypeScript.CallExpression;
};

type Look = { readonly tree: UseTree; readonly isSnake: boolean };

/** The tables that a file declares. `isSnake` where columns without a name of their own are called so. */
export function drizzleTables(file: UseFile, look: Look): readonly DrizzleTable[] {
  const source = file.tree();
  if (source === undefined || !/\bpg(Table|Schema)|createTable|TableCreator|[tT]able\(/.test(file.text)) return [];
  return [...nodesBelow(source)].flatMap((node) => {
    const maker = ts.isCallExpression(node) ? makerOf(node, look) : undefined;
    if (!ts.isCallExpression(node) || maker === undefined) return [];
    const [given, shape] = node.arguments;
    const name = given === undefined ? undefined : literalAt(given, look);
    const columns = shape === undefined ? undefined : literalOf(shape);
    if (name === undefined || columns === undefined) return [];
    const { parent } = node;
    const variable = ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name.text : undefined;
    const { schema, before, after } = maker;
    const isPart = before !== '' || after !== '';
    const table = `${before}${name.node.text}${after}`;
    const base = { path: file.path, variable, schema, table, call: node, name, isPart };
    return [{ ...base, columns: columnsIn(columns, look, 0) }];
  });
}

/** A text, or a constant that stands for one. */
function literalAt(node: TypeScript.Expression, { tree }: Look): Literal | undefined {
  if (ts.isStringLiteralLike(node)) return { node, through: [] };
  const constant = tree.constants.at(node);
  return constant !== undefined && ts.isStringLiteralLike(constant.value)
    ? { node: constant.value, through: [constant] }
    : undefined;
}

type Maker = { readonly schema: string | undefined; readonly before: string; readonly after: string };
const plainly: Maker = { schema: undefined, before: '', after: '' };

/** Does a call make a table, and in which schema, behind which prefix? */
function makerOf({ expression }: TypeScript.CallExpression, look: Look): Maker | undefined {
  if (ts.isIdentifier(expression)) {
    if (expression.text === 'pgTable') return plainly;
    const made = madeBy(expression, look);
    if (made !== undefined && calledName(made) === 'pgTableCreator') return around(made) ?? undefined;
    return expression.text === 'createTable' ? plainly : undefined;
  }
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  if (expression.name.text === 'pgTable') return plainly;
  const made = expression.name.text === 'table' ? madeBy(expression.expression, look) : undefined;
  const [name] = made !== undefined && calledName(made) === 'pgSchema' ? made.arguments : [];
  const schema = name === undefined ? undefined : literalAt(name, look)?.node.text;
  return schema === undefined ? undefined : { ...plainly, schema };
}

/** The call that a name stands for: `const auth = pgSchema('auth')`. */
function madeBy(node: TypeScript.Expression, { tree }: Look): TypeScript.CallExpression | undefined {
  const value = tree.constants.at(node)?.value;
  return value !== undefined && ts.isCallExpression(value) ? value : undefined;
}

/** `pgTableCreator((name) => `app_${name}`)` */
function around({ arguments: [make] }: TypeScript.CallExpression): Maker | undefined {
  const body = make !== undefined && ts.isArrowFunction(make) ? make.body : undefined;
  if (body === undefined || !ts.isTemplateExpression(body)) return undefined;
  const [span, ...others] = body.templateSpans;
  return span === undefined || others.length > 0
    ? undefined
    : { schema: undefined, before: body.head.text, after: span.literal.text };
}

/** `{ … }`, or `(t) => ({ … })`. */
function literalOf(node: TypeScript.Expression): TypeScript.ObjectLiteralExpression | undefined {
  if (ts.isObjectLiteralExpression(node)) return node;
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return undefined;
  const [given] = returnsOf(node);
  const body = given !== undefined && ts.isParenthesizedExpression(given) ? given.expression : given;
  return body !== undefined && ts.isObjectLiteralExpression(body) ? body : undefined;
}

const depthMax = 4;

function columnsIn(literal: TypeScript.ObjectLiteralExpression, look: Look, depth: number): readonly DrizzleColumn[] {
  return literal.properties.flatMap((property): readonly DrizzleColumn[] => {
    if (ts.isSpreadAssignment(property)) return depth > depthMax ? [] : spreadColumns(property.expression, look, depth);
    const key = propertyName(property);
    if (key === undefined || !ts.isPropertyAssignment(property)) return [];
    const builder = innermost(property.initializer);
    if (builder === undefined) return [];
    const [first] = builder.arguments;
    const said = first === undefined ? undefined : literalAt(first, look);
    return [{ key, property, said, builder, column: said?.node.text ?? (look.isSnake ? snakeCase(key) : key) }];
  });
}

/** `...timestamps`, columns that several tables may have. */
function spreadColumns(node: TypeScript.Expression, look: Look, depth: number): readonly DrizzleColumn[] {
  const value = ts.isCallExpression(node)
    ? returnsOf(look.tree.names.functionOf(node.expression)?.node)[0]
    : look.tree.constants.at(node)?.value;
  const object = value === undefined ? undefined : literalOf(plain(value));
  return object === undefined ? [] : columnsIn(object, look, depth + 1);
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
