import type * as TypeScript from 'typescript';
import { baseName } from '../../../text/search-text.ts';
import ts from '../../../typescript.cts';
import type { Open } from '../deciding/world.ts';
import { type CommonModule, walk } from '../reading/common-module.ts';
import { placedPath } from '../reading/placed-path.ts';
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
    const placed = placedPath(module.path, node);
    const [target, end] = [placed?.path ?? '', placed?.parts.at(-1)];
    if (end !== undefined && renamed.has(target) && end.text.endsWith(baseName(target))) {
      for (const part of placed?.parts ?? []) written.add(part);
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

/** A specifier is written by what reads it. */
function isSpecifier({ parent }: TypeScript.Node): boolean {
  return ts.isCallExpression(parent) && /^(require|import)\b|\brequire\./.test(parent.expression.getText());
}
