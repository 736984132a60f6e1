import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { applyEdits } from '../../../engine/apply-edits.ts';
import type { TextEdit } from '../../../recipe.ts';

/** A JSON text with comments, in which members are set and removed one after the other; all else stays byte for byte. */
export interface ConfigText {
  text(): string;
  /** Sets the member that the keys lead to; objects that are missing on the way are made. */
  set(keys: readonly string[], value: unknown): void;
  /** Takes a member out with its line; nothing where it is not there. */
  remove(keys: readonly string[]): void;
  /** Where a member stands now; the whole text's first character where it does not. */
  placeOf(keys: readonly string[]): { readonly offset: number; readonly length: number };
}

/** Begins with a text that is JSON as tsconfig files are. Throws for one that is not. */
export function configText(before: string): ConfigText {
  let text = before;
  const make = (edits: readonly TextEdit[]): void => {
    text = applyEdits(text, edits).text;
  };
  const find = (keys: readonly string[]): Node | undefined => findNodeAtLocation(rootOf(text), [...keys]);
  const set = (keys: readonly string[], value: unknown): void => {
    const node = find(keys);
    const parent = find(keys.slice(0, -1));
    const key = keys.at(-1) ?? '';
    if (node !== undefined)
      make([{ offset: node.offset, length: node.length, text: written(value, indentAt(text, node.offset)) }]);
    else if (parent?.type === 'object') make([insertion(text, parent, { key, value })]);
    else set(keys.slice(0, -1), { [key]: value });
  };
  return {
    text: () => text,
    set,
    remove(keys) {
      const property = find(keys)?.parent;
      if (property?.type === 'property') make(removal(text, property));
    },
    placeOf(keys) {
      const property = find(keys)?.parent;
      return property === undefined ? { offset: 0, length: 1 } : { offset: property.offset, length: property.length };
    },
  };
}

function rootOf(text: string): Node {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (root === undefined) throw new Error('It holds nothing.');
  return root;
}

/** The blanks at the start of the line in which an offset lies. */
function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

function unitOf(text: string): string {
  return /^([ \t]+)["/]/m.exec(text)?.[1] ?? '  ';
}

function endOfLine(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Lists stay on one line, objects get one for each member. */
function written(value: unknown, indent: string, unit = '  ', eol = '\n'): string {
  if (Array.isArray(value)) return `[${value.map((one) => JSON.stringify(one)).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${indent}${unit}${JSON.stringify(key)}: ${written(member, indent + unit, unit, eol)}`,
  );
  return members.length === 0 ? '{}' : `{${eol}${members.join(`,${eol}`)}${eol}${indent}}`;
}

function insertion(
  text: string,
  object: Node,
  { key, value }: { readonly key: string; readonly value: unknown },
): TextEdit {
  const unit = unitOf(text);
  const eol = endOfLine(text);
  const last = object.children?.at(-1);
  if (last === undefined) {
    const outer = indentAt(text, object.offset);
    const inner = `${outer}${unit}`;
    const member = `${JSON.stringify(key)}: ${written(value, inner, unit, eol)}`;
    return { offset: object.offset, length: object.length, text: `{${eol}${inner}${member}${eol}${outer}}` };
  }
  const end = last.offset + last.length;
  const comma = commaAfter(text, end);
  const isOnOneLine = !text.slice(object.offset, last.offset).includes('\n');
  const indent = isOnOneLine ? '' : indentAt(text, last.offset);
  const member = `${JSON.stringify(key)}: ${written(value, indent, unit, eol)}`;
  const lead = isOnOneLine ? ' ' : `${eol}${indent}`;
  if (comma !== undefined) {
    const at = isOnOneLine ? comma + 1 : lineCommentEnd(text, comma + 1);
    return { offset: at, length: 0, text: `${lead}${member},` };
  }
  const at = isOnOneLine ? end : lineCommentEnd(text, end);
  return { offset: end, length: at - end, text: `,${text.slice(end, at)}${lead}${member}` };
}

/** Where the comma after a member stands, over blanks and comments. */
function commaAfter(text: string, end: number): number | undefined {
  const gap = /^(?:\s|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/.exec(text.slice(end))?.[0] ?? '';
  return text[end + gap.length] === ',' ? end + gap.length : undefined;
}

/** The end of a comment that stands behind a member on its line, else the offset itself. */
function lineCommentEnd(text: string, offset: number): number {
  const comment = /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/)/.exec(text.slice(offset))?.[0] ?? '';
  return offset + comment.length;
}

/** A member that fills its line takes the line with it, and what a comment behind it says of it. */
function removal(text: string, property: Node): readonly TextEdit[] {
  const end = property.offset + property.length;
  const comma = commaAfter(text, end);
  const stop = lineCommentEnd(text, comma === undefined ? end : comma + 1);
  const lineStart = text.lastIndexOf('\n', property.offset - 1) + 1;
  const startsLine = text.slice(lineStart, property.offset).trim() === '';
  const rest = /^[ \t]*\r?\n/.exec(text.slice(stop))?.[0];
  const whole: TextEdit =
    startsLine && rest !== undefined && lineStart > 0
      ? { offset: lineStart, length: stop + rest.length - lineStart, text: '' }
      : { offset: property.offset, length: stop - property.offset + blanksAfter(text, stop, comma), text: '' };
  const siblings = property.parent?.children ?? [];
  const before = siblings[siblings.indexOf(property) - 1];
  if (comma !== undefined || before === undefined) return [whole];
  const separator = commaAfter(text, before.offset + before.length);
  return separator === undefined ? [whole] : [{ offset: separator, length: 1, text: '' }, whole];
}

function blanksAfter(text: string, stop: number, comma: number | undefined): number {
  return comma === undefined ? 0 : (/^[ \t]*/.exec(text.slice(stop))?.[0].length ?? 0);
}
