import type { SgNode } from '@ast-grep/napi';
import type { Span, TextEdit } from '../recipe.ts';

/** The part of the text that a node is. */
export function spanOf(node: SgNode): Span {
  const { start, end } = node.range();
  return { offset: start.index, length: end.index - start.index };
}

/** The edit that puts a text in the place of a node. */
export function replaceNode(node: SgNode, text: string): TextEdit {
  return { ...spanOf(node), text };
}
