import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../engine/compiler-tree.ts';
import ts from '../../typescript.cts';
import type { UseFile, UseTree } from '../code-use.ts';
import { returnsOf } from '../flows/flow.ts';
import { plain } from '../modules/members.ts';
import { snakeCase } from '../name-match.ts';
import { calledName, propertyName } from '../syntax.ts';
import { type Literal, literalAt, objectAt } from './literal.ts';

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

export type DrizzleColumn = {
  readonly key: string;
  readonly property: TypeScript.PropertyAssignment | TypeScript.ShorthandPropertyAssignment;
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
    const name = given === undefined ? undefined : literalAt(given, look.tree.constants);
    const columns = shape === undefined ? undefined : literalOf(shape, look);
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

type Maker = { readonly schema: string | undefined; readonly before: string; readonly after: string };
const plainly: Maker = { schema: undefined, before: '', after: '' };

/** Does a call make a table, and in which schema, behind which prefix? */
function makerOf({ expression }: TypeScript.CallExpression, look: Look): Maker | undefined {
  if (ts.isIdentifier(expression)) {
    if (importedName(expression, look) === 'pgTable') return plainly;
    const made = madeBy(expression, look);
    if (made !== undefined && calledName(made) === 'pgTableCreator') return around(made);
    return expression.text === 'createTable' ? plainly : undefined;
  }
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  const { name: member, expression: owner } = expression;
  if (member.text === 'pgTable' || (member.text === 'withRLS' && owner.getText() === 'pgTable')) return plainly;
  const made = member.text === 'table' ? madeBy(owner, look) : undefined;
  const [name] = made !== undefined && calledName(made) === 'pgSchema' ? made.arguments : [];
  const schema = literalAt(name, look.tree.constants)?.node.text;
  return schema === undefined ? undefined : { ...plainly, schema };
}

/** What a name is called where it is imported from. */
function importedName(node: TypeScript.Identifier, { tree }: Look): string {
  const declared = tree.names.declarationOf(node);
  return declared !== undefined && ts.isImportSpecifier(declared)
    ? (declared.propertyName ?? declared.name).text
    : node.text;
}

/** The call that a name stands for: `const auth = pgSchema('auth')`. */
function madeBy(node: TypeScript.Expression, { tree }: Look): TypeScript.CallExpression | undefined {
  const value = ts.isCallExpression(node) ? node : tree.constants.at(node)?.value;
  return value !== undefined && ts.isCallExpression(value) ? value : undefined;
}

/** `pgTableCreator((name) => `app_${name}`)` */
function around({ arguments: [make] }: TypeScript.CallExpression): Maker | undefined {
  if (make === undefined || !(ts.isArrowFunction(make) || ts.isFunctionExpression(make))) return undefined;
  const [parameter] = make.parameters;
  const [body] = returnsOf(make);
  const parts = body === undefined ? undefined : partsOf(body, parameter?.name.getText());
  const [before, after, ...more] = parts ?? [];
  return before === undefined || after === undefined || more.length > 0
    ? undefined
    : { schema: undefined, before, after };
}

/** What stands around a name in a text, cut where the name is; undefined where there is more than texts and this name. */
function partsOf(node: TypeScript.Expression, name: string | undefined): readonly string[] | undefined {
  if (ts.isParenthesizedExpression(node)) return partsOf(node.expression, name);
  if (ts.isIdentifier(node)) return node.text === name ? ['', ''] : undefined;
  if (ts.isStringLiteralLike(node)) return [node.text];
  const parts = ts.isTemplateExpression(node)
    ? [[node.head.text], ...node.templateSpans.flatMap((one) => [partsOf(one.expression, name), [one.literal.text]])]
    : ts.isBinaryExpression(node)
      ? [partsOf(node.left, name), partsOf(node.right, name)]
      : [undefined];
  return parts.reduce((known, next) => {
    if (known === undefined || next === undefined) return undefined;
    return [...known.slice(0, -1), `${known.at(-1) ?? ''}${next[0] ?? ''}`, ...next.slice(1)];
  });
}

/** `{ … }`, `(t) => ({ … })`, a name that stands for one, or the call of a function that gives one. */
function literalOf(node: TypeScript.Expression, look: Look): TypeScript.ObjectLiteralExpression | undefined {
  const own = objectAt(node, look.tree.constants)?.node;
  if (own !== undefined) return own;
  const made = ts.isCallExpression(node) ? look.tree.names.functionOf(node.expression)?.node : node;
  const isFunction =
    made !== undefined && (ts.isArrowFunction(made) || ts.isFunctionExpression(made) || ts.isFunctionDeclaration(made));
  const [given] = isFunction ? returnsOf(made) : [];
  return objectAt(given, look.tree.constants)?.node;
}

const depthMax = 4;

function columnsIn(literal: TypeScript.ObjectLiteralExpression, look: Look, depth: number): readonly DrizzleColumn[] {
  return literal.properties.flatMap((property): readonly DrizzleColumn[] => {
    if (ts.isSpreadAssignment(property)) return depth > depthMax ? [] : spreadColumns(property.expression, look, depth);
    const key = propertyName(property);
    const isNamed = ts.isPropertyAssignment(property) || ts.isShorthandPropertyAssignment(property);
    const made = key === undefined || !isNamed ? undefined : builderOf(builderAt(property), look);
    if (key === undefined || !isNamed || made === undefined) return [];
    const said = literalAt(made.builder.arguments[0], look.tree.constants);
    const literal = said === undefined ? undefined : { ...said, through: [...said.through, ...made.through] };
    const column = literal?.node.text ?? (look.isSnake ? snakeCase(key) : key);
    return [{ key, property, said: literal, builder: made.builder, column }];
  });
}

function builderAt(property: TypeScript.PropertyAssignment | TypeScript.ShorthandPropertyAssignment) {
  return ts.isPropertyAssignment(property) ? property.initializer : property.name;
}

/** What makes a column, here, under a name, or in a function that is called without anything. */
function builderOf(
  node: TypeScript.Expression,
  look: Look,
  depth = 0,
): (Pick<Literal, 'through'> & { readonly builder: TypeScript.CallExpression }) | undefined {
  if (depth > depthMax) return undefined;
  const builder = innermost(plain(node));
  if (builder === undefined) {
    const constant = look.tree.constants.at(node);
    const made = constant && builderOf(constant.value, look, depth + 1);
    return constant && made && { ...made, through: [constant, ...made.through] };
  }
  const called = builder.arguments.length === 0 ? look.tree.names.functionOf(builder.expression)?.node : undefined;
  const [given] = returnsOf(called);
  return given === undefined ? { builder, through: [] } : builderOf(given, look, depth + 1);
}

/** `...timestamps`, columns that several tables may have. */
function spreadColumns(node: TypeScript.Expression, look: Look, depth: number): readonly DrizzleColumn[] {
  const object = literalOf(node, look);
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
