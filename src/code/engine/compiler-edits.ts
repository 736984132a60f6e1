import type ts from 'typescript';
import type { Span, TextEdit } from '../recipe.ts';

/** The part of the text that a node is, without the white space and comments before it. */
export function spanOf(node: ts.Node): Span {
  const offset = node.getStart();
  return { offset, length: node.getEnd() - offset };
}

/** Puts a text in the place of a node. */
export function replaced(node: ts.Node, text: string): TextEdit {
  return { ...spanOf(node), text };
}

/** Puts a text at an offset. */
export function inserted(offset: number, text: string): TextEdit {
  return { offset, length: 0, text };
}

/** Takes away the text from one offset to another. */
export function removed(from: number, to: number): TextEdit {
  return { offset: from, length: to - from, text: '' };
}

/** Takes one of several arguments, elements or properties away, with the comma that it needs. */
export function withoutItem(items: readonly ts.Node[], at: number): TextEdit | undefined {
  const item = items[at];
  if (item === undefined) return undefined;
  const next = items[at + 1];
  if (next !== undefined) return removed(item.getStart(), next.getStart());
  const before = items[at - 1];
  return removed(before === undefined ? item.getStart() : before.getEnd(), item.getEnd());
}
