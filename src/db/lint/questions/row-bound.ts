import type { A_Expr, Node, RangeVar, SelectStmt, UpdateStmt } from 'libpg-query';
import { nodesIn, stringsOf } from '../../drivers/postgres/sql/walk.ts';
import type { Relation } from '../catalog/catalog.ts';

/** Rows of one table that a statement takes by a condition. */
export type Taken = {
  readonly table: RangeVar | undefined;
  readonly relation: Relation | undefined;
  readonly where: Node | undefined;
  /** What it is joined with: FROM of an UPDATE, USING of a DELETE, the other relations of a SELECT. */
  readonly joined: readonly Node[];
  /** WITH of the statement. */
  readonly common: readonly Node[];
};

/**
 * Is the number of rows bound, whatever the size of the table: by values of a key, a range of one, a LIMIT, or a list of
 * values that it is joined with? A condition upon anything else may hold for all rows.
 */
export function isBound(taken: Taken): boolean {
  if (taken.joined.some((item) => isLimitedItem(item, taken.common))) return true;
  return taken.where !== undefined && isBoundBy(taken.where, taken, 0);
}

/** Does an UPDATE fill a column in a number of rows that nothing bounds? */
export function fillsNulls(
  stmt: UpdateStmt,
  { column, relation }: { readonly column: string; readonly relation: Relation | undefined },
): boolean {
  const isSet = (stmt.targetList ?? []).some((target) => 'ResTarget' in target && target.ResTarget.name === column);
  const { relation: table, whereClause: where, fromClause: joined = [], withClause } = stmt;
  return isSet && !isBound({ table, relation, where, joined, common: withClause?.ctes ?? [] });
}

/** Has a query a LIMIT, or a list of values in place of a table? */
export function isLimited({ limitCount, valuesLists }: SelectStmt): boolean {
  return limitCount !== undefined || (valuesLists ?? []).length > 0;
}

/** Does an item of a FROM bring a number of rows that its text bounds? */
export function isLimitedItem(item: Node, common: readonly Node[]): boolean {
  if ('RangeSubselect' in item) {
    const { subquery } = item.RangeSubselect;
    return subquery !== undefined && 'SelectStmt' in subquery && isLimited(subquery.SelectStmt);
  }
  if ('RangeFunction' in item) return true;
  if (!('RangeVar' in item)) return false;
  const place = common.findIndex(
    (node) => 'CommonTableExpr' in node && node.CommonTableExpr.ctename === item.RangeVar.relname,
  );
  const found = common[place];
  const query = found !== undefined && 'CommonTableExpr' in found ? found.CommonTableExpr.ctequery : undefined;
  if (query === undefined || !('SelectStmt' in query)) return false;
  if (isLimited(query.SelectStmt)) return true;
  // One that is made of a query with a limit before it has about as many rows.
  return (query.SelectStmt.fromClause ?? []).some((one) => isLimitedItem(one, common.slice(0, place)));
}

/** Brackets and OR may nest; what nests deeper than people write is taken for unbound. */
const depthMax = 20;

function isBoundBy(condition: Node, taken: Taken, depth: number): boolean {
  if (depth > depthMax) return false;
  const parts =
    'BoolExpr' in condition && condition.BoolExpr.boolop === 'AND_EXPR' ? (condition.BoolExpr.args ?? []) : [condition];
  const isAnyBound = parts.some((part) => {
    if ('BoolExpr' in part && part.BoolExpr.boolop === 'OR_EXPR') {
      return (part.BoolExpr.args ?? []).every((one) => isBoundBy(one, taken, depth + 1));
    }
    if ('BoolExpr' in part && part.BoolExpr.boolop === 'AND_EXPR') return isBoundBy(part, taken, depth + 1);
    return isLimitedSubquery(part) || isNothingMore(part);
  });
  return isAnyBound || isKeyGiven(parts, taken) || isRangeGiven(parts, taken);
}

/** A cursor's row, or a condition that never holds. */
function isNothingMore(part: Node): boolean {
  if ('CurrentOfExpr' in part) return true;
  return 'A_Const' in part && part.A_Const.boolval !== undefined && part.A_Const.boolval.boolval !== true;
}

/** `ctid IN (SELECT … LIMIT 1000)`, also `= ANY (ARRAY(SELECT …))`. */
function isLimitedSubquery(part: Node): boolean {
  if ('SubLink' in part) {
    const { subLinkType, subselect } = part.SubLink;
    return subLinkType === 'ANY_SUBLINK' && subselect !== undefined && isLimitedQuery(subselect);
  }
  const array = 'A_Expr' in part && part.A_Expr.kind === 'AEXPR_OP_ANY' ? part.A_Expr.rexpr : undefined;
  if (array === undefined || !('SubLink' in array)) return false;
  return array.SubLink.subselect !== undefined && isLimitedQuery(array.SubLink.subselect);
}

function isLimitedQuery(query: Node): boolean {
  return 'SelectStmt' in query && isLimited(query.SelectStmt);
}

/** Are all columns of a unique index given, each as one value or a list of them? */
function isKeyGiven(parts: readonly Node[], taken: Taken): boolean {
  const given = new Set(parts.flatMap((part) => columnGiven(part, taken)));
  if (given.size === 0) return false;
  const { relation } = taken;
  const unique = [...(relation?.indexes.values() ?? [])].filter(
    ({ isUnique, isValid, predicate }) => isUnique && isValid && predicate === undefined,
  );
  if (unique.some(({ columns }) => columns.every((column) => column !== undefined && given.has(column)))) return true;
  const names = relation?.isKnown === true ? knownNames : likelyNames;
  return [...given].some((column) => names.test(column));
}

/** Columns that stand for few rows by their name: references, where the table is known; else also usual keys. */
const knownNames = /^ctid$|_(id|uuid)$/i;
const likelyNames = /^(ctid|id|uuid|guid|key|slug|code|name|email|version)$|_(id|uuid|key|code|name)$/i;

function columnGiven(part: Node, taken: Taken): readonly string[] {
  if (!('A_Expr' in part)) return [];
  const { kind, name, lexpr, rexpr } = part.A_Expr;
  if (stringsOf(name).at(-1) !== '=') return [];
  if (kind === 'AEXPR_OP') {
    const [left, right] = [ownColumn(lexpr, taken), ownColumn(rexpr, taken)];
    if (left !== undefined && isValue(rexpr, taken)) return [left];
    return right !== undefined && isValue(lexpr, taken) ? [right] : [];
  }
  if (kind !== 'AEXPR_IN' && kind !== 'AEXPR_OP_ANY') return [];
  const column = ownColumn(lexpr, taken);
  return column !== undefined && isValue(rexpr, taken) ? [column] : [];
}

/** Is a key between two values, or below one? */
function isRangeGiven(parts: readonly Node[], taken: Taken): boolean {
  return parts.some((part) => {
    const column = 'A_Expr' in part ? columnBelow(part.A_Expr, taken) : undefined;
    return column !== undefined && isKey(column, taken.relation);
  });
}

function columnBelow({ kind, name, lexpr, rexpr }: A_Expr, taken: Taken): string | undefined {
  const operator = stringsOf(name).at(-1);
  if (kind === 'AEXPR_BETWEEN') return isValue(rexpr, taken) ? ownColumn(lexpr, taken) : undefined;
  if (kind !== 'AEXPR_OP') return undefined;
  if (operator === '<' || operator === '<=') return isValue(rexpr, taken) ? ownColumn(lexpr, taken) : undefined;
  if (operator === '>' || operator === '>=') return isValue(lexpr, taken) ? ownColumn(rexpr, taken) : undefined;
  return undefined;
}

function isKey(column: string, relation: Relation | undefined): boolean {
  if (/^(ctid|id|uuid)$/i.test(column)) return true;
  return [...(relation?.indexes.values() ?? [])].some(({ isUnique, columns }) => isUnique && columns[0] === column);
}

/** The column of the table itself that an operand is, or undefined. */
function ownColumn(operand: Node | undefined, taken: Taken): string | undefined {
  if (operand === undefined || !('ColumnRef' in operand)) return undefined;
  const [column, qualifier] = stringsOf(operand.ColumnRef.fields).toReversed();
  if (column === undefined || isVariable(operand, taken)) return undefined;
  const { table } = taken;
  const isOwn = qualifier === undefined || qualifier === (table?.alias?.aliasname ?? table?.relname);
  return isOwn ? column : undefined;
}

/** Is it the same for all rows: does it name no column of a table? A subquery in its place gives one value. */
function isValue(operand: Node | undefined, taken: Taken): boolean {
  if (operand === undefined) return false;
  if ('SubLink' in operand) return operand.SubLink.subLinkType === 'EXPR_SUBLINK';
  for (const node of nodesIn(operand)) {
    if ('ColumnRef' in node && !isVariable(node, taken)) return false;
    if ('SubLink' in node && node.SubLink.subLinkType !== 'EXPR_SUBLINK') return false;
  }
  return true;
}

/** Is a name that of a variable of PL/pgSQL: qualified by what is no table here, or no column of a known table? */
function isVariable(node: Extract<Node, { ColumnRef: unknown }>, { table, relation, joined }: Taken): boolean {
  const [column = '', qualifier] = stringsOf(node.ColumnRef.fields).toReversed();
  if (qualifier !== undefined) {
    const names = [...nodesIn([table === undefined ? [] : { RangeVar: table }, joined])].flatMap(namesOfItem);
    return !names.includes(qualifier);
  }
  return relation?.isKnown === true && joined.length === 0 && !relation.columns.has(column) && column !== 'ctid';
}

function namesOfItem(item: Node): readonly string[] {
  if ('RangeVar' in item) return [item.RangeVar.alias?.aliasname ?? item.RangeVar.relname ?? ''];
  if ('RangeSubselect' in item) return [item.RangeSubselect.alias?.aliasname ?? ''];
  return 'RangeFunction' in item ? [item.RangeFunction.alias?.aliasname ?? ''] : [];
}
