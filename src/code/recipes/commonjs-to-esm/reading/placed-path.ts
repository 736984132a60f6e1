import type * as TypeScript from 'typescript';
import { folderPath } from '../../../text/search-text.ts';
import { joined } from '../../../tree/tree-path.ts';
import ts from '../../../typescript.cts';

/** A path that begins with `__dirname` and is written out, such as `path.join(__dirname, '../bin/tool')`. */
export type PlacedPath = { readonly path: string; readonly parts: readonly TypeScript.StringLiteralLike[] };

/** The path that a node of a file spells, in a call of `join` or `resolve`, or added to `__dirname`. Pure. */
export function placedPath(from: string, node: TypeScript.Node): PlacedPath | undefined {
  const parts = partsOf(node);
  if (parts.length === 0) return undefined;
  return { path: joined(folderPath(from), parts.map(({ text }) => text).join('/')), parts };
}

function partsOf(node: TypeScript.Node): readonly TypeScript.StringLiteralLike[] {
  if (ts.isBinaryExpression(node)) {
    const { left, right } = node;
    return isFolder(left) && ts.isStringLiteralLike(right) && right.text.startsWith('/') ? [right] : [];
  }
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
  if (!['join', 'resolve'].includes(node.expression.name.text)) return [];
  const [first, ...rest] = node.arguments;
  const parts = rest.filter(ts.isStringLiteralLike);
  return first !== undefined && isFolder(first) && parts.length === rest.length ? parts : [];
}

function isFolder(node: TypeScript.Node): boolean {
  return ts.isIdentifier(node) && node.text === '__dirname';
}
