import type { Node } from 'libpg-query';
import type { PlaceRequest } from '../../../../place-request.ts';
import { stringsOf } from '../walk.ts';
import { columnsOf, relationOf, type Source } from './scope.ts';

const populates = /^(jsonb?_populate_record(set)?|populate_record)$/;

const doubt = 'Its rows are made of JSON, whose keys have to change together with the column.';

/**
 * What `json_populate_recordset(null::users, $1) x` and its kin bring: the columns of the table whose rows they make.
 * https://www.postgresql.org/docs/current/functions-json.html#FUNCTIONS-JSON-PROCESSING-TABLE
 */
export function recordSource(node: Node, request: PlaceRequest): Source | undefined {
  if (!('RangeFunction' in node)) return undefined;
  const { functions = [], alias, coldeflist } = node.RangeFunction;
  const [first] = functions;
  const [called] = first !== undefined && 'List' in first ? (first.List.items ?? []) : [];
  if (coldeflist !== undefined || alias?.colnames !== undefined) return undefined;
  if (called === undefined || !('FuncCall' in called)) return undefined;
  const name = stringsOf(called.FuncCall.funcname).at(-1) ?? '';
  const [base] = called.FuncCall.args ?? [];
  if (!populates.test(name) || base === undefined || !('TypeCast' in base)) return undefined;
  const [relname = '', schemaname] = stringsOf(base.TypeCast.typeName?.names).toReversed();
  const relation = relationOf({ relname, ...(schemaname === undefined ? {} : { schemaname }) }, request);
  if (relation?.columns === undefined) return undefined;
  return {
    ...columnsOf(relation, request),
    called: alias?.aliasname ?? name,
    bare: undefined,
    tableChange: undefined,
    doubt,
  };
}
