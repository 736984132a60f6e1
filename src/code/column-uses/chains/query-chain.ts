import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import type { Constants } from '../modules/constants.ts';
import { plain } from '../modules/members.ts';
import type { NamesInTree } from '../modules/names-in-tree.ts';
import { calledName, propertyName } from '../syntax.ts';
import { type CallMeanings, meaningsOf } from './call-meanings.ts';
import type { ChainTable } from './chain-table.ts';
import { isClient } from './client.ts';
import { typedTables } from './typed-tables.ts';

/** One call of a chain: `where` with its arguments. */
export type ChainCall = {
  readonly name: string;
  readonly call: TypeScript.CallExpression;
  readonly given: readonly TypeScript.Expression[];
};

/** A query that is built call by call, and the tables that it names. */
export type QueryChain = {
  readonly outermost: TypeScript.CallExpression;
  /** From the first call to the last; what is done with its answer, as `then`, is not among them. */
  readonly calls: readonly ChainCall[];
  /** The last of these calls. */
  readonly sent: TypeScript.CallExpression;
  /** The call of a client that is a function: `knex('users')`. */
  readonly client: TypeScript.CallExpression | undefined;
  /** Does it begin with a function that may be a client, by what follows, but need not be one? */
  readonly isGuess: boolean;
  /** Is it known by the type of a builder, whose tables it has? */
  readonly isTyped: boolean;
  /** Calls elsewhere on the same query, which a variable holds: `query.select('name')`. */
  readonly others: readonly ChainCall[];
  /** Does it go on with a query that begins elsewhere? */
  readonly goesOn: boolean;
  readonly tables: readonly ChainTable[];
};

/** Which calls of a builder name a table: by their name, or the first call where it is a plain function. */
export type ChainWords = {
  readonly tables: RegExp;
  readonly joins: RegExp;
  readonly isRoot: boolean;
  /** Calls behind which any function with the name of a table may be a client. */
  readonly after: RegExp;
  readonly meanings: CallMeanings;
};

/** The chain that ends with a call; undefined where the call is within a longer one, or names no table. */
export function queryChain(
  outermost: TypeScript.CallExpression,
  words: ChainWords,
  { constants, names }: Known,
): QueryChain | undefined {
  if (outermostCall(outermost) !== outermost) return undefined;
  const { calls: all, root } = callsOf(outermost);
  const answered = all.findIndex(({ name }, place) => place > 0 && /^(then|catch|finally)$/.test(name));
  const calls = answered === -1 ? all : all.slice(0, answered);
  if (!mayBuild(calls, words, constants)) return undefined;
  const holder = holderOf(outermost) ?? (ts.isIdentifier(root) ? names.declarationOf(root) : undefined);
  const begun = begunIn(holder);
  const goesOn = begun !== undefined && begun !== outermost;
  const whole = holder === undefined || begun === undefined ? [calls] : queryIn(holder, begun, names);
  const named = whole.flatMap((part) =>
    part.flatMap((call, place) =>
      tablesOf(call, { words, constants, names, part, isFirst: place === 0 && (part === whole[0] || !goesOn) }),
    ),
  );
  const typed = named.length > 0 || words.isRoot ? [] : typedTables(root, names);
  const tables = [...named, ...typed];
  const others = whole.flat().filter(({ call }) => calls.every((own) => own.call !== call));
  const sent = calls.at(-1)?.call ?? outermost;
  if (tables.length === 0 && !calls.some((call) => isOnSubquery(call, words))) return undefined;
  const [first] = calls;
  const isBegin = first !== undefined && !goesOn && words.isRoot;
  const isKnown = isBegin && isClient(first.call.expression, names);
  const isGuess = isBegin && !isKnown && mayBeClient(calls, words, constants);
  const isTyped = typed.length > 0;
  const client = isGuess || isKnown ? first.call : undefined;
  return { outermost, calls, sent, client, isGuess, isTyped, others, goesOn, tables };
}

/** False where no call of a chain is one of a builder: what its names mean is not asked then. */
function mayBuild(calls: readonly ChainCall[], words: ChainWords, constants: Constants): boolean {
  const [first] = calls;
  const [table] = first?.given ?? [];
  if (words.isRoot && table !== undefined && namedTables(table, constants).length > 0) return true;
  if (!words.isRoot && first !== undefined && ts.isIdentifier(first.call.expression)) return true;
  return calls.some(
    ({ name }) =>
      words.tables.test(name) ||
      words.joins.test(name) ||
      meaningsOf(name, words.meanings).some((meaning) => meaning !== 'value' && meaning !== 'guess'),
  );
}

/** What names stand for. */
type Known = { readonly constants: Constants; readonly names: NamesInTree };

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
  names: NamesInTree,
): readonly (readonly ChainCall[])[] {
  const further = names.usesOf(holder).flatMap((use) => {
    const outermost = outermostCall(use);
    return ts.isCallExpression(outermost) ? [callsOf(outermost).calls] : [];
  });
  return [callsOf(begun).calls, ...further];
}

/** The last call of a chain that begins with, or goes on from, an expression. */
export function outermostCall(node: TypeScript.Expression): TypeScript.Expression {
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

/** `from(db('users').as('u'))` */
function isOnSubquery({ name, given: [first] }: ChainCall, { tables }: ChainWords): boolean {
  const isSelect = tables.test(name) && !/^(insert|update|delete|merge|into)/.test(name);
  return isSelect && first !== undefined && (ts.isCallExpression(first) || ts.isFunctionLike(first));
}

/** `t('users').where(…)`, whatever `t` is. */
function mayBeClient([first, second]: readonly ChainCall[], { after }: ChainWords, constants: Constants): boolean {
  const [table, ...others] = first?.given ?? [];
  const isNamed =
    table !== undefined && others.length === 0 && ts.isStringLiteralLike(constants.at(table)?.value ?? table);
  return isNamed && first !== undefined && ts.isIdentifier(first.call.expression) && after.test(second?.name ?? '');
}

type Among = Known & {
  readonly words: ChainWords;
  readonly isFirst: boolean;
  readonly part: readonly ChainCall[];
};

function tablesOf(
  { name, call, given }: ChainCall,
  { words, isFirst, constants, names, part }: Among,
): readonly ChainTable[] {
  const [first] = given;
  if (name === 'joinRaw' && first !== undefined && ts.isStringLiteralLike(first)) return joinedIn(first);
  const isNamed = words.tables.test(name) || words.joins.test(name);
  if (!isNamed && !(isFirst && words.isRoot)) return [];
  const listed = first !== undefined && ts.isArrayLiteralExpression(first) ? [...first.elements] : [first];
  const tables = listed.flatMap((one) => (one === undefined ? [] : namedTables(one, constants)));
  const isPlain = () => isClient(call.expression, names) || mayBeClient(part, words, constants);
  return isNamed || (tables.length > 0 && isPlain()) ? tables : [];
}

function namedTables(given: TypeScript.Expression, constants: Constants): readonly ChainTable[] {
  const constant = constants.at(given);
  if (constant !== undefined)
    return namedTables(constant.value, constants).map((one) => ({ ...one, through: [constant, ...one.through] }));
  const literal = plain(given);
  if (ts.isObjectLiteralExpression(literal)) return aliasedTables(literal, constants);
  if (ts.isTemplateExpression(literal)) return templateTable(literal, constants);
  if (ts.isCallExpression(literal) && /^(raw|ref|table)$/.test(calledName(literal) ?? ''))
    return literal.arguments.slice(0, 1).flatMap((one) => namedTables(one, constants));
  if (ts.isCallExpression(literal) && calledName(literal) === 'as') return renamedTable(literal, constants);
  if (!ts.isStringLiteralLike(literal)) return [];
  const match = /^([\w.]+)(?:\s+as\s+(\w+))?$/i.exec(literal.text.trim());
  return match === null ? [] : [{ literal, name: match[1] ?? '', alias: match[2], isRaw: false, through: [] }];
}

/** `{ u: 'users' }` */
function aliasedTables(object: TypeScript.ObjectLiteralExpression, constants: Constants): readonly ChainTable[] {
  return object.properties.flatMap((property) => {
    const value = ts.isPropertyAssignment(property) ? property.initializer : undefined;
    const named = value === undefined ? [] : namedTables(value, constants);
    return named.map((table) => ({ ...table, alias: propertyName(property) }));
  });
}

/** `ref('users').as('u')` */
function renamedTable(call: TypeScript.CallExpression, constants: Constants): readonly ChainTable[] {
  const [alias] = call.arguments;
  const inner = ts.isPropertyAccessExpression(call.expression) ? call.expression.expression : undefined;
  const isPlain =
    inner !== undefined && ts.isCallExpression(inner) && /^(raw|ref|table)$/.test(calledName(inner) ?? '');
  if (!isPlain || alias === undefined || !ts.isStringLiteralLike(alias)) return [];
  return namedTables(inner, constants).map((table) => ({ ...table, alias: alias.text }));
}

/** `joinRaw('LEFT JOIN users u ON …')` */
function joinedIn(literal: TypeScript.StringLiteralLike): readonly ChainTable[] {
  const joins = literal.text.matchAll(
    /\bjoin\s+([\w.]+)(?:\s+(?:as\s+)?(?!on\b|using\b|(?:inner|left|right|full|cross|natural|join)\b)(\w+))?/gi,
  );
  return [...joins].map(([, name = '', alias]) => ({ literal, name, alias, isRaw: true, through: [] }));
}

/** `${T.users} as u` */
function templateTable(node: TypeScript.TemplateExpression, constants: Constants): readonly ChainTable[] {
  const [span, ...others] = node.templateSpans;
  const constant = span && constants.at(span.expression);
  const literal = constant?.value;
  if (
    constant === undefined ||
    literal === undefined ||
    !ts.isStringLiteralLike(literal) ||
    others.length > 0 ||
    node.head.text !== ''
  )
    return [];
  const match = /^\s*(?:as\s+(\w+))?$/i.exec(span?.literal.text ?? '');
  return match === null ? [] : [{ literal, name: literal.text, alias: match[1], isRaw: false, through: [constant] }];
}
