import type { FuncCall, Node } from 'libpg-query';
import { columnsOf } from './expression.ts';
import { parseExpression } from './expression-tree.ts';
import { immutableFunctions, momentFunctions, operators, settingFunctions } from './known-functions.ts';
import { kindOf, nodesIn, stringsOf } from './walk.ts';

/** `constant`: the same always; `stable`: within one statement; `volatile`: new for every row. */
export type Volatility = 'constant' | 'stable' | 'volatile';

/** Volatility of functions as the server has them, by `name` and, where it matters, `schema.name`. */
export type FunctionVolatility = ReadonlyMap<string, 'immutable' | 'stable' | 'volatile'>;

/**
 * How often an expression gives a new value, from its text alone. Functions that are neither in `functions` nor known
 * ones of PostgreSQL count as volatile, and so do casts of values to a user's own type.
 */
export function volatilityOf(expression: string, functions: FunctionVolatility = new Map()): Volatility {
  return volatilityOfTree(parseExpression(expression).node, functions);
}

/** The same of a tree. */
export function volatilityOfTree(tree: Node, functions: FunctionVolatility = new Map()): Volatility {
  let worst: Volatility = 'constant';
  for (const node of nodesIn(tree)) {
    const own = ownVolatility(node, functions);
    if (own === 'volatile') return 'volatile';
    if (own === 'stable') worst = 'stable';
  }
  return worst;
}

/**
 * True when carrying out the assignments a second time on the same rows changes nothing: none reads a column that one of
 * them writes, and none depends on the moment or on chance. What cannot be seen to be so counts as not idempotent.
 */
export function isIdempotentAssignment(
  assignments: readonly { readonly column: string; readonly expression: string }[],
  functions: FunctionVolatility = new Map(),
): boolean {
  const written = new Set(assignments.map(({ column }) => column));
  return assignments.every(({ expression }) => {
    const { node } = parseExpression(expression);
    const readsItself = columnsOf(node).some((column) => column === '*' || written.has(column));
    return !readsItself && volatilityOfTree(node, functions) !== 'volatile' && !readsMoment(node, functions);
  });
}

/** Nodes without a volatility of their own: it is that of their parts. */
const transparent: ReadonlySet<string> = new Set([
  'A_Const',
  'ColumnRef',
  'String',
  'Integer',
  'Float',
  'Boolean',
  'BitString',
  'A_Star',
  'List',
  'ParamRef',
  'BoolExpr',
  'CaseExpr',
  'CaseWhen',
  'CoalesceExpr',
  'MinMaxExpr',
  'NullTest',
  'BooleanTest',
  'A_ArrayExpr',
  'RowExpr',
  'CollateClause',
  'A_Indirection',
  'A_Indices',
  'NamedArgExpr',
  'TypeName',
  'SetToDefault',
]);

/** Depend on settings or the catalog at most. */
const stable: ReadonlySet<string> = new Set([
  'SQLValueFunction',
  'JsonObjectConstructor',
  'JsonArrayConstructor',
  'JsonKeyValue',
  'JsonValueExpr',
  'JsonIsPredicate',
  'JsonOutput',
  'JsonReturning',
  'JsonFormat',
  'JsonFuncExpr',
  'JsonBehavior',
  'JsonParseExpr',
  'JsonScalarExpr',
  'JsonSerializeExpr',
  'JsonArgument',
]);

function ownVolatility(node: Node, functions: FunctionVolatility): Volatility {
  if ('FuncCall' in node) return volatilityOfCall(node.FuncCall, functions);
  if ('TypeCast' in node) return volatilityOfCast(node.TypeCast.arg, stringsOf(node.TypeCast.typeName?.names));
  if ('A_Expr' in node) {
    const name = stringsOf(node.A_Expr.name);
    const isKnown = node.A_Expr.kind !== 'AEXPR_OP' || operators.has(name.at(-1) ?? '');
    return isKnown && (name.length === 1 || name[0] === 'pg_catalog') ? 'constant' : 'volatile';
  }
  if (transparent.has(kindOf(node))) return 'constant';
  return stable.has(kindOf(node)) ? 'stable' : 'volatile';
}

function volatilityOfCall(call: FuncCall, functions: FunctionVolatility): Volatility {
  const name = stringsOf(call.funcname);
  const said = functions.get(name.join('.')) ?? (name.length === 1 ? undefined : functions.get(name.at(-1) ?? ''));
  if (said !== undefined) return said === 'immutable' ? 'constant' : said;
  if (name.length > 1 && name[0] !== 'pg_catalog') return 'volatile';
  const bare = name.at(-1) ?? '';
  if (immutableFunctions.has(bare)) return 'constant';
  return settingFunctions.has(bare) || momentFunctions.has(bare) ? 'stable' : 'volatile';
}

const plainTypes: ReadonlySet<string> = new Set([
  'int2',
  'int4',
  'int8',
  'float4',
  'float8',
  'numeric',
  'bool',
  'text',
  'varchar',
  'bpchar',
  'char',
  'name',
  'uuid',
  'bytea',
  'bit',
  'varbit',
  'json',
  'jsonb',
  'oid',
  'inet',
  'cidr',
  'macaddr',
  'macaddr8',
  'tsvector',
  'tsquery',
]);
const settingTypes: ReadonlySet<string> = new Set([
  'date',
  'time',
  'timetz',
  'timestamp',
  'timestamptz',
  'interval',
  'money',
  'regclass',
  'regtype',
  'regproc',
  'xml',
]);

/** A cast of a literal is made once, when the expression is stored; casts of values to plain types depend on nothing. */
function volatilityOfCast(argument: Node | undefined, type: readonly string[]): Volatility {
  if (argument !== undefined && isLiteral(argument)) return 'constant';
  const name = type.length === 1 || type[0] === 'pg_catalog' ? (type.at(-1) ?? '') : '';
  if (plainTypes.has(name)) return 'constant';
  return settingTypes.has(name) ? 'stable' : 'volatile';
}

/** A literal, or an array of them: `ARRAY['a']::mood[]` is worked out once as well. */
function isLiteral(node: Node): boolean {
  if ('A_ArrayExpr' in node) return (node.A_ArrayExpr.elements ?? []).every((element) => 'A_Const' in element);
  return 'A_Const' in node;
}

function readsMoment(tree: Node, functions: FunctionVolatility): boolean {
  return [...nodesIn(tree)].some((node) => {
    if ('SQLValueFunction' in node) return true;
    if (!('FuncCall' in node)) return false;
    const name = stringsOf(node.FuncCall.funcname);
    const isKnown = settingFunctions.has(name.at(-1) ?? '') || immutableFunctions.has(name.at(-1) ?? '');
    return volatilityOfCall(node.FuncCall, functions) !== 'constant' && !isKnown;
  });
}
