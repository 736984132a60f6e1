import { folderPath } from '../../../text/search-text.ts';
import { relativeFrom } from '../../../tree/tree-path.ts';
import ts from '../../../typescript.cts';
import type { CommonModule } from '../reading/common-module.ts';
import { requiredPath } from '../reading/node-path.ts';
import type { Writing } from './requires.ts';

type Renaming = Pick<Writing, 'world' | 'placeOf' | 'edits'>;

/** The text of a path, where the file that it reaches gets another name. */
export function renamePath(
  { path }: Pick<CommonModule, 'path'>,
  { node, specifier }: { readonly node: Parameters<typeof ts.findAncestor>[0]; readonly specifier: string },
  { world, placeOf, edits }: Renaming,
): void {
  if (!specifier.startsWith('.') || node === undefined) return;
  const found = requiredPath(path, specifier, world.files);
  if (found === undefined || placeOf(found) === found) return;
  edits.replace(node.getStart() + 1, node.end - 1, relativeFrom(folderPath(path), placeOf(found)));
}

/** `require.resolve('./x')` and what stubs name. */
export function renameOthers(module: CommonModule, renaming: Renaming): void {
  for (const { node } of module.otherRequires) {
    const call = node.parent.parent;
    if (!ts.isPropertyAccessExpression(node.parent) || !ts.isCallExpression(call)) continue;
    const [given] = call.arguments;
    if (given !== undefined && ts.isStringLiteralLike(given))
      renamePath(module, { node: given, specifier: given.text }, renaming);
  }
  const written = new Set<string>();
  for (const { node, specifier, stubs } of module.stubbed) {
    renamePath(module, { node: node.arguments[0], specifier }, renaming);
    const path = requiredPath(module.path, specifier, renaming.world.files);
    for (const stub of stubs) {
      const key = `${stub.getStart()}`;
      if (path !== undefined && !written.has(key)) renamePath({ path }, { node: stub, specifier: stub.text }, renaming);
      written.add(key);
    }
  }
}
