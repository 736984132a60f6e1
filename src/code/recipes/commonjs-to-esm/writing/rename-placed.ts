import type * as TypeScript from 'typescript';
import { baseName, folderPath } from '../../../search-text.ts';
import { joined } from '../../../tree-path.ts';
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
    const placed = placedIn(node);
    const end = placed?.parts.at(-1);
    if (placed === undefined || end === undefined) return;
    const target = joined(folderPath(module.path), placed.parts.map(({ text }) => text).join('/'));
    if (!renamed.has(target) || !end.text.endsWith(baseName(target))) return;
    for (const part of placed.parts) written.add(part);
    edits.replace(end.end - 1 - baseName(target).length, end.end - 1, baseName(placeOf(target)));
  });
  walk(module.source, (node) => {
    if (!ts.isStringLiteralLike(node) || written.has(node)) return;
    const target = node.text.replace(/^\.\//, '');
    if (!target.includes('/') || !renamed.has(target) || isSpecifier(node)) return;
    open.push({
      path: module.path,
      offset: node.getStart(),
      length: node.end - node.getStart(),
      message: `This may name ${target}, which is ${placeOf(target)} now.`,
      cure: 'Write the new name, where that is meant.',
    });
  });
  return open;
}

type Placed = { readonly parts: readonly TypeScript.StringLiteralLike[] };

/** The texts behind `__dirname`, in a call of `join` or `resolve`, or added to it. */
function placedIn(node: TypeScript.Node): Placed | undefined {
  if (ts.isBinaryExpression(node))
    return isFolder(node.left) && ts.isStringLiteralLike(node.right) && node.right.text.startsWith('/')
      ? { parts: [node.right] }
      : undefined;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  if (!['join', 'resolve'].includes(node.expression.name.text)) return undefined;
  const [first, ...rest] = node.arguments;
  const parts = rest.filter(ts.isStringLiteralLike);
  return first !== undefined && isFolder(first) && parts.length === rest.length && parts.length > 0
    ? { parts }
    : undefined;
}

function isFolder(node: TypeScript.Node): boolean {
  return ts.isIdentifier(node) && node.text === '__dirname';
}

/** A specifier is written by what reads it. */
function isSpecifier({ parent }: TypeScript.Node): boolean {
  return ts.isCallExpression(parent) && /^(require|import)\b|\brequire\./.test(parent.expression.getText());
}
