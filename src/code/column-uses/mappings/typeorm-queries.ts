import type * as TypeScript from 'typescript';
import { literalPattern } from '../../text/search-text.ts';
import ts from '../../typescript.cts';
import type { CodeUse, UseTree } from '../code-use.ts';
import { calledName } from '../syntax.ts';

/** Calls of the query builder whose texts are put into the statement, apart from `alias.property` of an entity. */
const takesText =
  /^(select|addSelect|where|andWhere|orWhere|having|andHaving|orHaving|orderBy|addOrderBy|groupBy|addGroupBy|distinctOn|returning|output|orUpdate|orIgnore|onConflict|into|(left|inner)Join(AndSelect|AndMapOne|AndMapMany)?|set|values|setParameter|from|addFrom)$/;
const begins = /\b(createQueryBuilder|getQueryBuilder|subQuery)\b/;

const past =
  'TypeORM takes it as a property where it stands behind the alias of an entity, which needs no edit, and puts it into the statement as it is anywhere else.';
const table =
  'TypeORM takes it as the name of an entity or an alias, which needs no edit, or as that of a table, which it puts into the statement as it is.';
const rawKey =
  'TypeORM calls an output of getRawOne and getRawMany by alias and column, so that it may have another name afterwards.';

/** Names in texts of the query builder, and raw outputs that are called after a column. */
export function queryUses(node: TypeScript.Node, { changes }: UseTree): readonly CodeUse[] {
  if (ts.isPropertyAccessExpression(node) || ts.isBindingElement(node)) return rawOutput(node, changes);
  if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return [];
  if (!isInBuilder(node)) return [];
  const text = node.getText();
  return changes.flatMap((change, index): readonly CodeUse[] => {
    const word = 'column' in change ? change.column : change.table.name;
    const doubt = 'column' in change ? past : table;
    const pattern = new RegExp(`(?<![\\w$:@])${literalPattern(word)}(?![\\w$(])`, 'g');
    return [...text.matchAll(pattern)].slice(0, 5).map((match) => {
      const start = node.getStart() + match.index;
      return possible(node, { start, end: start + word.length, change: index, doubt });
    });
  });
}

/** Does a text stand in a call of a chain that begins with a query builder, or in a condition of its own? */
function isInBuilder(node: TypeScript.Node): boolean {
  for (let at = node; !ts.isSourceFile(at) && !ts.isStatement(at); at = at.parent) {
    const { parent } = at;
    if (!ts.isCallExpression(parent) || parent.expression === at) continue;
    if (parent.expression.getText() === 'Raw') return true;
    if (!takesText.test(calledName(parent) ?? '')) continue;
    if (begins.test(parent.expression.getText()) || /(qb|query|builder)\w*\.\w+$/i.test(parent.expression.getText()))
      return true;
  }
  return false;
}

/** `row.user_name` of `getRawMany()` */
function rawOutput(
  node: TypeScript.PropertyAccessExpression | TypeScript.BindingElement,
  changes: UseTree['changes'],
): readonly CodeUse[] {
  const name = ts.isPropertyAccessExpression(node) ? node.name : (node.propertyName ?? node.name);
  if (!ts.isIdentifier(name)) return [];
  return changes.flatMap((change, index): readonly CodeUse[] => {
    if (!('column' in change) || !name.text.endsWith(`_${change.column}`)) return [];
    if (!/\bgetRaw(One|Many|AndEntities)\b|\bstream\(/.test(node.getSourceFile().text)) return [];
    return [possible(name, { start: name.getStart(), end: name.getEnd(), change: index, doubt: rawKey })];
  });
}

function possible(node: TypeScript.Node, place: Pick<CodeUse, 'start' | 'end' | 'change' | 'doubt'>): CodeUse {
  const path = node.getSourceFile().fileName;
  return { ...place, path, kind: 'typeorm/query', role: 'read', first: [], final: [] };
}
