import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../engine/compiler-tree.ts';
import ts from '../../typescript.cts';
import type { Constants } from '../modules/constants.ts';
import { calledName } from '../syntax.ts';
import { isSum } from './literal-pieces.ts';
import type { ValuesOfNames } from './values-of-names.ts';

/** A name that a program may put into a text: a literal, or a key of an object whose keys are taken. */
export type PutIn = { readonly text: string; readonly path: string; readonly start: number };

export type WaysIn = { readonly values: ValuesOfNames; readonly constants: Constants };

const nodesMax = 400;

/**
 * The texts that may come into a template or a sum, as far as they stand in this file, or are a constant of another: through constants, variables, lists,
 * defaults of parameters, arguments and members of those names. Rather one too many than one too few.
 */
export function namesPutInto(text: TypeScript.Node, { values, constants }: WaysIn): readonly PutIn[] {
  return textsReached(partsPutInto(text, values), { values, constants });
}

/** The texts that these nodes may come to be, by the names in them. */
export function textsReached(from: readonly TypeScript.Node[], ways: WaysIn): readonly PutIn[] {
  const reached = reach(from, ways);
  const takesKeys = reached.some(takesKeysOf);
  return reached.flatMap((root) =>
    [...nodesBelow(listOf(root))].flatMap((node): readonly PutIn[] => {
      const path = node.getSourceFile().fileName;
      if (ts.isStringLiteralLike(node)) return [{ text: node.text, path, start: node.getStart() + 1 }];
      if (!takesKeys || !(ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node))) return [];
      return ts.isIdentifier(node.name) ? [{ text: node.name.text, path, start: node.name.getStart() }] : [];
    }),
  );
}

function takesKeysOf(root: TypeScript.Node): boolean {
  if (ts.isForInStatement(root)) return true;
  return /\bObject\.(keys|entries)\(/.test(root.getText());
}

/** What stands in the holes. Of a template with a tag those parts that are no values: arguments of `sql(…)`, `sql.raw(…)`. */
function partsPutInto(text: TypeScript.Node, values: ValuesOfNames): readonly TypeScript.Node[] {
  if (isSum(text)) return [text.left, text.right].flatMap((side) => partsPutInto(side, values));
  if (!ts.isTemplateExpression(text)) return ts.isStringLiteralLike(text) ? [] : [text];
  const holes = text.templateSpans.map(({ expression }) => expression);
  const tag = ts.isTaggedTemplateExpression(text.parent) ? rootOf(text.parent.tag) : undefined;
  if (tag === undefined) return holes;
  return holes.flatMap((hole) =>
    [hole, ...(ts.isIdentifier(hole) ? (values.get(hole.text) ?? []) : [])].flatMap((node) => rawParts(node, tag)),
  );
}

const raw = /^(raw|ref|id|identifier|ident|column|columns|join|unsafe|literal|sql)$/;

function rawParts(node: TypeScript.Node, tag: string): readonly TypeScript.Node[] {
  return [...nodesBelow(node)].flatMap((inner) => {
    if (!ts.isCallExpression(inner)) return [];
    return rootOf(inner.expression) === tag || raw.test(calledName(inner) ?? '') ? [...inner.arguments] : [];
  });
}

function rootOf(node: TypeScript.Node): string {
  let root = node;
  while (ts.isPropertyAccessExpression(root)) root = root.expression;
  return root.getText();
}

/** The nodes that names lead to, each once. */
function reach(from: readonly TypeScript.Node[], { values, constants }: WaysIn): readonly TypeScript.Node[] {
  const seen = new Set<TypeScript.Node>(from);
  for (const root of seen) {
    for (const node of nodesBelow(listOf(root))) {
      const read = nameRead(node);
      const known = values.get(read) ?? (read === '' || read.startsWith('.') ? [] : elsewhere(node, constants));
      for (const value of known) if (seen.size < nodesMax) seen.add(value);
    }
  }
  return [...seen];
}

/** What a constant of another file is. */
function elsewhere(node: TypeScript.Node, constants: Constants): readonly TypeScript.Node[] {
  const value = constants.at(node)?.value;
  return value === undefined || value.getSourceFile() === node.getSourceFile() ? [] : [value];
}

/** Of a loop what it goes through. */
function listOf(root: TypeScript.Node): TypeScript.Node {
  return ts.isForOfStatement(root) || ts.isForInStatement(root) ? root.expression : root;
}

function nameRead(node: TypeScript.Node): string {
  if (ts.isPropertyAccessExpression(node)) return `.${node.name.text}`;
  const isMember = ts.isIdentifier(node) && ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
  return ts.isIdentifier(node) && !isMember ? node.text : '';
}
