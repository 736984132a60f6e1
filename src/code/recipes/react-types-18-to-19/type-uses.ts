import type { SgNode } from '@ast-grep/napi';
import { type ExportUse, exportUsesOf, globalUsesOf } from '../react-18-to-19/reading/export-uses.ts';
import { isReact } from '../react-18-to-19/reading/names.ts';

/** Files that are checked by TypeScript. */
export const typedFiles: readonly string[] = ['**/*.{ts,cts,mts,tsx}'];

/** Places where a file uses types of React, through an import or through the global namespace `React`. */
export function typeUsesOf(root: SgNode): readonly ExportUse[] {
  const own = exportUsesOf(root, isReact).filter(({ node }) => isType(node));
  return [...own, ...globalUsesOf(root, 'React')];
}

function isType(node: SgNode): boolean {
  return node.kind() === 'type_identifier' || node.kind() === 'nested_type_identifier';
}

/** A type with its arguments: `React.FC<Props>` of `React.FC`. */
export function wholeType(node: SgNode): { readonly whole: SgNode; readonly args: readonly SgNode[] } {
  const parent = node.parent();
  if (parent?.kind() !== 'generic_type' || parent.child(0)?.id() !== node.id()) return { whole: node, args: [] };
  return { whole: parent, args: parent.field('type_arguments')?.namedChildren() ?? [] };
}

/** `React.` of `React.FC`; nothing for a name that was imported. */
export function prefixOf({ node, last, form }: ExportUse): string {
  return form === 'named' ? '' : node.text().slice(0, last.range().start.index - node.range().start.index);
}
