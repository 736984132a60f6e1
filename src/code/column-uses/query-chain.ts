import type * as TypeScript from 'typescript';
import ts from '../typescript.cts';
import type { NamesInFile } from './names-in-file.ts';
import { calledName, constantAt } from './syntax.ts';

/** One call of a chain: `where` with its arguments. */
export type ChainCall = {
  readonly name: string;
  readonly call: TypeScript.CallExpression;
  readonly given: readonly TypeScript.Expression[];
};

/** A query that is built call by call, and the tables that it names. */
export type QueryChain = {
  readonly outermost: TypeScript.CallExpression;
  /** From the first call to the last. */
  readonly calls: readonly ChainCall[];
  /** Calls elsewhere on the same query, which a variable holds: `query.select('name')`. */
  readonly others: readonly ChainCall[];
  /** Does it go on with a query that begins elsewhere? */
  readonly goesOn: boolean;
  readonly tables: readonly ChainTable[];
  /** Of the file, for names that stand for a text. */
  readonly constants: ReadonlyMap<string, TypeScript.Expression>;
};

/** `users as u` in its literal. */
export type ChainTable = {
  readonly literal: TypeScript.StringLiteralLike;
  readonly name: string;
  readonly alias: string | undefined;
};

/** Which calls of a builder name a table: by their name, or the first call where it is a plain function. */
export type ChainWords = { readonly tables: RegExp; readonly joins: RegExp; readonly isRoot: boolean };

/** The chain that ends with a call; undefined where the call is within a longer one, or names no table. */
export function queryChain(
  outermost: TypeScript.CallExpression,
  words: ChainWords,
  { constants, names }: Known,
): QueryChain | undefined {
  if (outermostCall(outermost) !== outermost) return undefined;
  const { calls, root } = callsOf(outermost);
  const holder = holderOf(outermost) ?? (ts.isIdentifier(root) ? names.declarationOf(root) : undefined);
  const begun = begunIn(holder);
  const goesOn = begun !== undefined && begun !== outermost;
  const whole = holder === undefined || begun === undefined ? [calls] : queryIn(holder, begun, names);
  const tables = whole.flatMap((part) =>
    part.flatMap((call, place) =>
      tablesOf(call, { words, constants, isFirst: place === 0 && (part === whole[0] || !goesOn) }),
    ),
  );
  const others = whole.flat().filter(({ call }) => calls.every((own) => own.call !== call));
  return tables.length === 0 ? undefined : { outermost, calls, others, goesOn, tables, constants };
}

type Known = Pick<QueryChain, 'constants'> & { readonly names: NamesInFile };

/** The variable that holds a query which is not sent yet. */
function holderOf({ parent }: TypeScript.CallExpression): TypeScript.Declaration | undefined {
  return ts.isVariableDeclaration(parent) ? parent : undefined;
}

function begunIn(holder: TypeScript.Declaration | undefined): TypeScript.CallExpression | undefined {
  if (holder === undefined || !ts.isVariableDeclaration(holder) || holder.initializer === undefined) return undefined;
  return ts.isCallExpression(holder.initializer) ? holder.initializer : undefined;
}

/** All calls on a query that a variable holds, chain by chain; the first one begins it. */
function queryIn(
  holder: TypeScript.Declaration,
  begun: TypeScript.CallExpression,
  names: NamesInFile,
): readonly (readonly ChainCall[])[] {
  const further = names.usesOf(holder).flatMap((use) => {
    const outermost = outermostCall(use);
    return ts.isCallExpression(outermost) ? [callsOf(outermost).calls] : [];
  });
  return [callsOf(begun).calls, ...further];
}

/** The last call of a chain that begins with, or goes on from, an expression. */
function outermostCall(node: TypeScript.Expression): TypeScript.Expression {
  const { parent } = node;
  const isMember = ts.isPropertyAccessExpression(parent) && parent.expression === node;
  const isCalled = isMember && ts.isCallExpression(parent.parent) && parent.parent.expression === parent;
  return isCalled ? outermostCall(parent.parent) : node;
}

function callsOf(outermost: TypeScript.CallExpression) {
  const calls: ChainCall[] = [];
  let at: TypeScript.Expression = outermost;
  for (;;) {
    if (ts.isCallExpression(at)) {
      calls.unshift({ name: calledName(at) ?? '', call: at, given: [...at.arguments] });
      const { expression }: TypeScript.CallExpression = at;
      if (!ts.isPropertyAccessExpression(expression)) break;
      at = expression.expression;
    } else if (ts.isPropertyAccessExpression(at)) at = at.expression;
    else break;
  }
  return { calls, root: at };
}

function tablesOf(
  { name, call, given }: ChainCall,
  {
    words,
    isFirst,
    constants,
  }: { readonly words: ChainWords; readonly isFirst: boolean } & Pick<QueryChain, 'constants'>,
): readonly ChainTable[] {
  const isPlain = isFirst && words.isRoot && isFunction(call.expression);
  if (!isPlain && !words.tables.test(name) && !words.joins.test(name)) return [];
  const [first] = given;
  const listed = first !== undefined && ts.isArrayLiteralExpression(first) ? [...first.elements] : [first];
  return listed.flatMap((given) => {
    const literal = given && (constantAt(given, constants) ?? given);
    if (literal && ts.isTemplateExpression(literal)) return templateTable(literal, constants);
    if (literal === undefined || !ts.isStringLiteralLike(literal)) return [];
    const match = /^([\w.]+)(?:\s+as\s+(\w+))?$/i.exec(literal.text.trim());
    return match === null ? [] : [{ literal, name: match[1] ?? '', alias: match[2] }];
  });
}

/** `${T.users} as u` */
function templateTable(node: TypeScript.TemplateExpression, constants: QueryChain['constants']): readonly ChainTable[] {
  const [span, ...others] = node.templateSpans;
  const literal = span && constantAt(span.expression, constants);
  if (literal === undefined || !ts.isStringLiteralLike(literal) || others.length > 0 || node.head.text !== '')
    return [];
  const match = /^\s*(?:as\s+(\w+))?$/i.exec(span?.literal.text ?? '');
  return match === null ? [] : [{ literal, name: literal.text, alias: match[1] }];
}

/** `knex('users')`, `this.db('users')`: not the method of a builder. */
function isFunction(node: TypeScript.Expression): boolean {
  if (ts.isIdentifier(node)) return /knex|db|trx|tx|conn|database|transaction/i.test(node.text);
  return ts.isPropertyAccessExpression(node) && /^tx$|^knex|(knex|db|trx|conn|database)$/i.test(node.name.text);
}
