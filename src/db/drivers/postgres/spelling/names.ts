import type { NameSpelling } from '../../../spelling.ts';
import { quoteLiteral, quoteName, quoteQualified } from '../quote.ts';
import { columnsIn, qualifyColumns, rewriteColumns } from '../sql/expression.ts';
import { parseExpression } from '../sql/expression-tree.ts';
import { mentionsColumn, mentionsTable } from '../sql/function-body.ts';
import { typeText } from '../sql/type-text.ts';
import { stringsOf } from '../sql/walk.ts';

/** Types without an equality that tells every two values apart: json, xml and point have none, box compares areas. */
const typesWithoutEquality = /^(json|xml|point|line|lseg|box|path|polygon|circle)(\[\])*$/;

export const nameSpelling: NameSpelling = {
  nameBytesMax: 63,
  name: quoteName,
  relation: quoteQualified,
  literal: quoteLiteral,
  rewriteColumns: (expression, renames, qualifier) => {
    const renamed = rewriteColumns(expression, renames);
    return qualifier === undefined ? renamed : qualifyColumns(renamed, qualifier);
  },
  isPlainCast,
  mentionsColumn,
  mentionsTable,
  columnsIn,
  // The record image functions compare bytes: they need no equality of the type, and tell 1.0 from 1.00
  // (https://www.postgresql.org/docs/18/functions-comparisons.html#COMPOSITE-TYPE-COMPARISON).
  isSame: (left, right) => `record_image_eq(row(${left}), row(${right}))`,
  isDifferent: (left, right) => `record_image_ne(row(${left}), row(${right}))`,
  comparable: (expression, type) => (typesWithoutEquality.test(type) ? `(${expression})::text` : expression),
};

function isPlainCast(expression: string, column: string, type: string): boolean {
  const { node } = parseExpression(expression);
  if (!('TypeCast' in node)) return false;
  const { arg, typeName } = node.TypeCast;
  if (arg === undefined || typeName === undefined || !('ColumnRef' in arg)) return false;
  return stringsOf(arg.ColumnRef.fields).at(-1) === column && typeText(typeName) === type;
}
