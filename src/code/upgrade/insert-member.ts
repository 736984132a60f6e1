import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';

/** Keys that lead to a value, the value, and where among the names that are there a new member stands (default: last). */
export type Member = {
  readonly keys: readonly string[];
  readonly value: unknown;
  readonly placeAmong?: (names: readonly string[]) => number;
};

/**
 * A JSON text with one value set, all else byte for byte. What is new is written as its object is: on lines of their own,
 * indented and ended as the file is, or on one line. Groups that are not there are made. Pure.
 */
export function withValueAt(text: string, { keys, value, placeAmong }: Member): string {
  const tree = parseTree(text);
  if (tree === undefined) return text;
  const there = findNodeAtLocation(tree, [...keys]);
  const style = styleOf(text);
  if (there !== undefined) {
    const written = spelled(value, style, indentAt(text, there.offset));
    return text.slice(0, there.offset) + written + text.slice(there.offset + there.length);
  }
  const depth = keys.findLastIndex((_, index) => findNodeAtLocation(tree, keys.slice(0, index))?.type === 'object');
  const object = findNodeAtLocation(tree, keys.slice(0, depth));
  const [name, ...deeper] = keys.slice(depth);
  if (object === undefined || name === undefined) return text;
  const whole = deeper.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  const names = (object.children ?? []).map((member) => String(member.children?.[0]?.value));
  const place = deeper.length === 0 ? (placeAmong?.(names) ?? names.length) : names.length;
  return inserted(text, object, { name, value: whole, place });
}

type New = { readonly name: string; readonly value: unknown; readonly place: number };

function inserted(text: string, object: Node, { name, value, place }: New): string {
  const style = styleOf(text);
  const members = object.children ?? [];
  const outer = indentAt(text, object.offset);
  const isOnLines = members.length === 0 || text.slice(object.offset, members[0]?.offset).includes('\n');
  const inner = members[0] === undefined ? outer + style.indent : indentAt(text, members[0].offset);
  const between = isOnLines ? style.end + inner : ' ';
  const written = `${JSON.stringify(name)}: ${isOnLines ? spelled(value, style, inner) : onOneLine(value)}`;
  const next = members[place];
  if (next !== undefined) return `${text.slice(0, next.offset)}${written},${between}${text.slice(next.offset)}`;
  const last = members.at(-1);
  if (last !== undefined) {
    const at = last.offset + last.length;
    return `${text.slice(0, at)},${between}${written}${text.slice(at)}`;
  }
  return `${text.slice(0, object.offset)}{${between}${written}${style.end}${outer}}${text.slice(object.offset + object.length)}`;
}

type Style = { readonly indent: string; readonly end: string };

function styleOf(text: string): Style {
  return { indent: /^([ \t]+)"/m.exec(text)?.[1] ?? '  ', end: text.includes('\r\n') ? '\r\n' : '\n' };
}

/** What the line of a place begins with. */
function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';
}

function spelled(value: unknown, { indent, end }: Style, before: string): string {
  return JSON.stringify(value, undefined, indent).replaceAll('\n', end + before);
}

function onOneLine(value: unknown): string {
  return JSON.stringify(value, undefined, 1).replaceAll(/\n\s*/g, ' ');
}
