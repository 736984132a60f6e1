import type { SgNode } from '@ast-grep/napi';
import type { TextEdit } from '../../../recipe.ts';

/** How a file writes strings and ends statements. */
export type Style = { readonly quote: string; readonly semicolon: string };

/** The style of the nearest import or `require`, else of most of the file. */
export function styleOf(root: SgNode, near: SgNode | undefined): Style {
  const text = near?.text() ?? '';
  const quote =
    /['"]/.exec(text)?.[0] ?? /['"]/.exec(root.find({ rule: { kind: 'string' } })?.text() ?? '')?.[0] ?? '"';
  const ends = near === undefined ? (root.text().match(/;$/gm)?.length ?? 0) > 0 : text.trimEnd().endsWith(';');
  return { quote, semicolon: ends ? ';' : '' };
}

/** Takes a statement away with its line break, and the white space before it. */
export function removeStatement(statement: SgNode): TextEdit {
  const text = statement.getRoot().root().text();
  const range = statement.range();
  const lineStart = text.lastIndexOf('\n', range.start.index - 1) + 1;
  const isFirst = text.slice(lineStart, range.start.index).trim() === '';
  const after = /^[\t ]*;?[\t ]*(?:\r?\n)?/.exec(text.slice(range.end.index))?.[0] ?? '';
  const isLast = /\n$/.test(after) || range.end.index + after.length === text.length;
  if (isFirst && isLast) return { offset: lineStart, length: range.end.index + after.length - lineStart, text: '' };
  return { offset: range.start.index, length: range.end.index - range.start.index, text: '' };
}

/** Takes a statement away, and with it the empty lines before it where nothing but an empty line or a bracket follows. */
export function removeWithGap(statement: SgNode): TextEdit {
  const text = statement.getRoot().root().text();
  const { offset, length } = removeStatement(statement);
  const gap = /\n[\t ]*((?:\r?\n[\t ]*)+)$/.exec(text.slice(0, offset))?.[1] ?? '';
  const rest = text.slice(offset + length);
  const closes = rest.trim() === '' || /^[\t ]*(?:\r?\n|\})/.test(rest);
  return closes ? removeBetween(offset - gap.length, offset + length) : removeBetween(offset, offset + length);
}

/** Puts a text at the start of a node. */
export function insertBefore(node: SgNode, text: string): TextEdit {
  return { offset: node.range().start.index, length: 0, text };
}

/** Puts a text at the end of a node. */
export function insertAfter(node: SgNode, text: string): TextEdit {
  return { offset: node.range().end.index, length: 0, text };
}

/** The edit that takes the text between two offsets away. */
export function removeBetween(start: number, end: number): TextEdit {
  return { offset: start, length: end - start, text: '' };
}
