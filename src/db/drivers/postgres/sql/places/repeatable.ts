import type { Node } from 'libpg-query';
import type { PlaceRequest } from '../../../../place-request.ts';
import { kindOf, nodesIn, stringsOf } from '../walk.ts';

const plain = new Set(
  'A_Const ParamRef ColumnRef TypeCast TypeName String Integer A_Expr BoolExpr NullTest CoalesceExpr CaseExpr CaseWhen MinMaxExpr A_ArrayExpr SetToDefault List SQLValueFunction FuncCall'.split(
    ' ',
  ),
);
const immutable = new Set(
  'lower upper trim btrim ltrim rtrim initcap replace concat left right substring abs round now'.split(' '),
);

/** May a value stand twice in a statement and be the same both times? */
export function isRepeatable(value: Node | undefined, { unrepeatable }: Pick<PlaceRequest, 'unrepeatable'>): boolean {
  if (value === undefined) return false;
  for (const node of nodesIn(value)) {
    if (!plain.has(kindOf(node))) return false;
    if ('ParamRef' in node && unrepeatable.has(node.ParamRef.number ?? 0)) return false;
    if ('FuncCall' in node && !immutable.has(stringsOf(node.FuncCall.funcname).at(-1) ?? '')) return false;
  }
  return true;
}
