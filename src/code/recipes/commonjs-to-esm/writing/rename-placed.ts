import type * as TypeScript from 'typescript';
import { baseName, folderPath } from '../../../text/search-text.ts';
import { joined } from '../../../tree/tree-path.ts';
import ts from '../../../typescript.cts';
import type { Open } from '../deciding/world.ts';
import { type CommonModule, walk } from '../reading/common-module.ts';
import type { Writing } from './requires.ts';

/**
 * Paths that begin with `__dirname` and are written out, such as `path.join(__dirname, '../bin/tool')`: their end follows a file that
 * gets another name. Answered are texts that may name such a file from the folder in which a program is started.
 */
export function renamePlaced(
  module: CommonModule,
  { world, placeOf, edits }: Pick<Writing, 'world' | 'placeOf' | 'edits'>,
): readonly Open[] {
  const renamed = new Set([...world.modules.keys()].filter((path) => placeOf(path) !== path));
  const open: Open[] = [];
  if (renamed.size === 0) return open;
  const written = new Set<TypeScript.Node>();
  walk(module.source, (node) => {
    const parts = placedIn(node);
    const end = parts.at(-1);
    const target = joined(folderPath(module.path), parts.map(({ text }) => text).join('/'));
    if (end !== undefined && renamed.has(target) && end.text.endsWith(baseName(target))) {
      for (const part of parts) written.add(part);
      edits.replace(end.end - 1 - baseName(target).length, end.end - 1, baseName(placeOf(target)));
    }
    if (!ts.isStringLiteralLike(node) || written.has(node)) return;
    const own = node.text.replace(/^\.\//, '');
    if (!own.includes('/') || !renamed.has(own) || isSpecifier(node)) return;
    open.push({
      path: module.path,
      offset: node.getStart(),
      length: node.end - node.getStart(),
      message: `This may name ${own}, which is ${placeOf(own)} now.`,
      cure: 'Write the new name, where that is meant.',
    });
  });
  return open;
}

/** The texts behind `__dirname`, in a call of `join` or `resolve`, or added to it. */
function placedIn(node: TypeScript.Node): readonly TypeScript.StringLiteralLike[] {
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

/** A specifier is written by what reads it. */
function isSpecifier({ parent }: TypeScript.Node): boolean {
  return ts.isCallExpression(parent) && /^(require|import)\b|\brequire\./.test(parent.expression.getText());
}
