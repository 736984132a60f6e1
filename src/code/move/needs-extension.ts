import type { TreeIndex } from '../graph/tree-index.ts';

/** An ES module that Node loads, or a compiler as Node does, has to say the whole path. Pure. */
export function needsExtension(from: string, tree: TreeIndex): boolean {
  const isModule = /\.m[jt]s$/.test(from) || (!/\.c[jt]s$/.test(from) && tree.homeOf(from)?.type === 'module');
  return isModule && (tree.aliasesOf(from)?.isAsNode ?? true);
}
