import { nodesBelow } from '../../../engine/compiler-tree.ts';
import type ts from '../../../typescript.cts';
import { isDeclared } from '../../../vitest/source-names.ts';

/** True where a file declares a name anywhere, so that it may not stand for the global. */
export function isDeclaredIn(root: ts.SourceFile, name: string): boolean {
  for (const node of nodesBelow(root)) if (isDeclared(node, name)) return true;
  return false;
}
