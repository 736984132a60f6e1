import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../engine/compiler-tree.ts';
import { literalPattern } from '../../text/search-text.ts';
import ts from '../../typescript.cts';
import type { CodeUse, UseTree } from '../code-use.ts';
import { calledName } from '../syntax.ts';
import { textsReached } from '../texts/names-put-in.ts';
import { type ValuesOfNames, valuesOfNames } from '../texts/values-of-names.ts';
import { isBuilder } from './typeorm-builders.ts';
import type { TypeormEntity } from './typeorm-entity.ts';

/** Calls of the query builder whose texts are put into the statement, apart from `alias.property` of an entity. */
const takesText =
  /^(select|addSelect|where|andWhere|orWhere|having|andHaving|orHaving|orderBy|addOrderBy|groupBy|addGroupBy|distinctOn|returning|output|orUpdate|orIgnore|onConflict|into|(left|inner)Join(AndSelect|AndMapOne|AndMapMany)?|set|values|from|addFrom)$/;
const takesValues = /^(set|values)$/;
const takesKeys = /^(orderBy|addOrderBy|orUpdate|orIgnore|onConflict)$/;
const givesRaw = /^(getRaw(One|Many|AndEntities)|stream)$/;

const past =
  'TypeORM takes it as a property where it stands behind the alias of an entity, which needs no edit, and puts it into the statement as it is anywhere else.';
const table =
  'TypeORM takes it as the name of an entity or an alias, which needs no edit, or as that of a table, which it puts into the statement as it is.';
const rawKey =
  'TypeORM calls an output of getRawOne and getRawMany by alias and column, so that it may have another name afterwards.';
const rawRow =
  'It gives every column by the name that the database has for it, so that one may have another name afterwards: look at who reads it.';

type Looking = { readonly tree: UseTree; readonly entities: readonly TypeormEntity[] };

/** Names in texts of the query builder, and raw outputs that are called after a column. */
export function queryUses(source: TypeScript.SourceFile, { tree, entities }: Looking): readonly CodeUse[] {
  let known: ValuesOfNames | undefined;
  const values = () => {
    known ??= valuesOfNames(source);
    return known;
  };
  return [...nodesBelow(source)].flatMap((node): readonly CodeUse[] => {
    if (ts.isPropertyAccessExpression(node) || ts.isBindingElement(node) || ts.isElementAccessExpression(node))
      return rawOutput(node, tree.changes);
    if (!ts.isCallExpression(node)) return [];
    const name = calledName(node) ?? '';
    const isText = takesText.test(name) || name === 'Raw';
    if (!isText && !givesRaw.test(name)) return [];
    if (name !== 'Raw' && !isBuilder(node, tree.names)) return [];
    const rows = rawRows(node, { tree, entities });
    return isText ? [...rows, ...textUses(node, tree, values)] : rows;
  });
}

function textUses(call: TypeScript.CallExpression, tree: UseTree, values: () => ValuesOfNames): readonly CodeUse[] {
  const given = textArguments(call);
  const path = call.getSourceFile().fileName;
  const direct = given.flatMap((node) => [...nodesBelow(node)]).filter(isText);
  const texts = direct.map((node) => ({ text: node.getText(), path, start: node.getStart() }));
  const reached = given.flatMap((node) =>
    isText(node) && !ts.isTemplateExpression(node)
      ? []
      : textsReached([node], { values: values(), constants: tree.constants }),
  );
  const further = reached.filter(({ text }) => /^[\w\s."(),]*$/.test(text));
  return tree.changes.flatMap((change, index) => {
    const word = 'column' in change ? change.column : change.table.name;
    const doubt = 'column' in change ? past : table;
    const pattern = new RegExp(`(?<![\\w$:@])${literalPattern(word)}(?![\\w$(])`, 'g');
    return [...texts, ...further].flatMap(({ text, path: of, start: from }) =>
      [...text.matchAll(pattern)].slice(0, 5).map((match) => {
        const start = from + match.index;
        return possible(of, { start, end: start + word.length, change: index, doubt });
      }),
    );
  });
}

function isText(node: TypeScript.Node): node is TypeScript.StringLiteralLike | TypeScript.TemplateExpression {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

/** What of the arguments goes into the statement as text: of objects with values only the functions in them. */
function textArguments(call: TypeScript.CallExpression): readonly TypeScript.Node[] {
  const name = calledName(call) ?? '';
  return call.arguments.flatMap((node): readonly TypeScript.Node[] => {
    const isObject = ts.isObjectLiteralExpression(node) && !takesKeys.test(name);
    if (!isObject && !takesValues.test(name)) return [node];
    return [...nodesBelow(node)].filter((inner) => ts.isArrowFunction(inner));
  });
}

/** `row.user_name` and `row['user_name']` of `getRawMany()` */
function rawOutput(
  node: TypeScript.PropertyAccessExpression | TypeScript.BindingElement | TypeScript.ElementAccessExpression,
  changes: UseTree['changes'],
): readonly CodeUse[] {
  const name = ts.isPropertyAccessExpression(node)
    ? node.name
    : ts.isElementAccessExpression(node)
      ? node.argumentExpression
      : (node.propertyName ?? node.name);
  if (!ts.isIdentifier(name) && !ts.isStringLiteralLike(name)) return [];
  return changes.flatMap((change, index): readonly CodeUse[] => {
    if (!('column' in change) || !name.text.endsWith(`_${change.column}`)) return [];
    const source = node.getSourceFile();
    if (!/\bgetRaw(One|Many|AndEntities)\b|\bstream\(/.test(source.text)) return [];
    const end = name.getEnd();
    return [possible(source.fileName, { start: name.getStart(), end, change: index, doubt: rawKey })];
  });
}

/** `getRawMany()` of all that an entity has, `select('*')` and `returning('*')`: rows by the names of the database. */
function rawRows(call: TypeScript.CallExpression, { tree, entities }: Looking): readonly CodeUse[] {
  const name = calledName(call) ?? '';
  const [first] = call.arguments;
  const isAll = first !== undefined && ts.isStringLiteralLike(first) && /(^|\.)\*$/.test(first.text);
  const isWhole = givesRaw.test(name) && !/\.\s*select\(/.test(call.expression.getText());
  if (!isWhole && !(isAll && /^(select|addSelect|returning|output)$/.test(name))) return [];
  const { text, fileName } = call.getSourceFile();
  const at = isAll ? first : ts.isPropertyAccessExpression(call.expression) ? call.expression.name : call;
  return tree.changes.flatMap((change, index) => {
    if (!('column' in change)) return [];
    const own = entities.filter((entity) => entity.name === change.table.name);
    const names = own.flatMap(({ called }) => (called === undefined ? [] : [`\\b${literalPattern(called)}\\b`]));
    const isNamed = new RegExp([...names, `['"\`]${literalPattern(change.table.name)}['"\`]`].join('|')).test(text);
    const place = { start: at.getStart(), end: at.getEnd(), change: index, doubt: rawRow };
    return isNamed ? [possible(fileName, place)] : [];
  });
}

function possible(path: string, place: Pick<CodeUse, 'start' | 'end' | 'change' | 'doubt'>): CodeUse {
  return { ...place, path, kind: 'typeorm/query', role: 'read', first: [], final: [] };
}
