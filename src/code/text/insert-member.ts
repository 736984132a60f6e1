import { findNodeAtLocation, getNodePath, type Node, parseTree } from 'jsonc-parser';
import { isRecord } from './read-data.ts';

/** Keys that lead to a value, the value, and where among the names that are there a new member stands (default: last). */
export type Member = {
  readonly keys: readonly string[];
  readonly value: unknown;
  readonly placeAmong?: (names: readonly string[]) => number;
};

/** Columns in which a list or an object that stood on one line stays on it. */
const widthMax = 80;

/**
 * A JSON text with one value set, all else byte for byte, comments too. What is new is written as its object is: on lines of
 * their own, indented and ended as the file is, or on one line. Groups that are not there are made. Pure.
 */
export function withValueAt(text: string, member: Member): string {
  if (text.startsWith('\uFEFF')) return `\uFEFF${withValueAt(text.slice(1), member)}`;
  const { keys, value, placeAmong } = member;
  const tree = parseTree(text);
  if (tree === undefined) return text;
  const there = findNodeAtLocation(tree, [...keys]);
  if (there !== undefined) {
    return text.slice(0, there.offset) + instead(text, there, value) + text.slice(there.offset + there.length);
  }
  const depth = keys.findLastIndex((_, index) => findNodeAtLocation(tree, keys.slice(0, index))?.type === 'object');
  const object = findNodeAtLocation(tree, keys.slice(0, depth));
  const [name, ...deeper] = keys.slice(depth);
  if (object === undefined || name === undefined) return text;
  const whole = deeper.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  const names = (object.children ?? []).map((one) => String(one.children?.[0]?.value));
  const place = deeper.length === 0 ? (placeAmong?.(names) ?? names.length) : names.length;
  return inserted(text, object, { name, value: whole, place });
}

/** Another value in the place of one: on one line where that one was and it fits, else on lines. */
function instead(text: string, there: Node, value: unknown): string {
  const style = styleOf(text);
  const before = text.slice(there.offset, there.offset + there.length);
  const column = there.offset - (text.lastIndexOf('\n', there.offset) + 1);
  const short = onOneLine(value, style);
  const wasOnOneLine = /^[[{]\s*[^\s\]}]/.test(before) && !before.includes('\n');
  const isOneLine = style.isOneLine || (wasOnOneLine && column + short.length < widthMax);
  return isOneLine ? short : onLines(value, style, indentAt(text, there.offset));
}

type New = { readonly name: string; readonly value: unknown; readonly place: number };

function inserted(text: string, object: Node, { name, value, place }: New): string {
  const style = styleOf(text);
  const [first, ...more] = object.children ?? [];
  if (first === undefined) return filled(text, object, { name, value });
  const isOnLines = text.slice(object.offset, first.offset).includes('\n');
  if (!isOnLines && isTooWide(text, object, `"${name}": ${onOneLine(value, style)}, `)) {
    const spread = onOwnLines(text, object);
    return withValueAt(spread, { keys: [...pathOf(object), name], value, placeAmong: () => place });
  }
  const inner = indentAt(text, first.offset);
  const between = isOnLines ? style.end + inner : style.space;
  const written = spelled({ name, value }, style, isOnLines ? inner : undefined);
  const next = [first, ...more][place];
  if (next === undefined) {
    const last = more.at(-1) ?? first;
    const at = last.offset + last.length;
    const [whole = '', comma = '', comment = ''] = isOnLines ? (afterMember.exec(text.slice(at)) ?? []) : [];
    return `${text.slice(0, at)},${comment}${between}${written}${comma}${text.slice(at + whole.length)}`;
  }
  const before = [first, ...more][place - 1];
  const from = before === undefined ? object.offset + 1 : before.offset + before.length;
  const [whole = '', comma = ''] = afterMember.exec(text.slice(from)) ?? [];
  const isAbove = isOnLines && (before === undefined ? comma === '' : comma !== '');
  // Comments between two members stand over the lower one.
  if (isAbove) return `${text.slice(0, from + whole.length)}${between}${written},${text.slice(from + whole.length)}`;
  return `${text.slice(0, next.offset)}${written},${between}${text.slice(next.offset)}`;
}

/** True where the line of an object that stands on one would get too wide, in a file that has lines, by what is added. */
function isTooWide(text: string, object: Node, added: string): boolean {
  const from = text.lastIndexOf('\n', object.offset) + 1;
  const whole = text.slice(object.offset, object.offset + object.length);
  const isPlain = !whole.includes('\n') && !/\/[/*]/.test(whole.replaceAll(/"(?:\\.|[^"\\])*"/g, ''));
  return isPlain && !styleOf(text).isOneLine && object.offset + object.length - from + added.length > widthMax;
}

/** A text in which each member of an object, byte for byte, stands on a line of its own. */
function onOwnLines(text: string, object: Node): string {
  const { indent, end } = styleOf(text);
  const outer = indentAt(text, object.offset);
  const members = (object.children ?? []).map(({ offset, length }) => text.slice(offset, offset + length));
  const lines = members.join(`,${end}${outer}${indent}`);
  const whole = `{${end}${outer}${indent}${lines}${end}${outer}}`;
  return text.slice(0, object.offset) + whole + text.slice(object.offset + object.length);
}

function pathOf(object: Node): readonly string[] {
  return getNodePath(object).map(String);
}

/** What may stand behind a member on its line: a comma and a comment. */
const afterMember = /^([ \t]*,)?([ \t]*(?:\/\/[^\r\n]*|\/\*(?:(?!\*\/)[^\r\n])*\*\/[ \t]*(?=[\r\n])))?/;

/** An object that has no member yet with its first one. */
function filled(text: string, object: Node, member: Omit<New, 'place'>): string {
  const style = styleOf(text);
  const [from, to] = [object.offset, object.offset + object.length];
  const comments = text.slice(from + 1, to - 1).trimEnd();
  const outer = indentAt(text, from);
  if (style.isOneLine && comments === '' && text.trim() !== text.slice(from, to)) {
    return `${text.slice(0, from)}${onOneLine({ [member.name]: member.value }, style)}${text.slice(to)}`;
  }
  const inner = outer + style.indent;
  const written = spelled(member, style, inner);
  return `${text.slice(0, from)}{${comments}${style.end}${inner}${written}${style.end}${outer}}${text.slice(to)}`;
}

/** How a JSON text is written; `space` is what stands behind a colon and a comma. */
type Style = {
  readonly indent: string;
  readonly end: string;
  readonly space: string;
  readonly isOneLine: boolean;
};

function styleOf(text: string): Style {
  return {
    indent: /^([ \t]+)"/m.exec(text)?.[1] ?? '  ',
    end: text.includes('\r\n') ? '\r\n' : '\n',
    space: /^\{"[^"]*":\S/.test(text.trim()) ? '' : ' ',
    isOneLine: !text.trim().includes('\n') && text.trim() !== '{}',
  };
}

/** What the line of a place begins with. */
function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';
}

/** A member as it stands in an object: on lines below an indent, or on one line. */
function spelled({ name, value }: Omit<New, 'place'>, style: Style, inner: string | undefined): string {
  const shown = inner === undefined ? onOneLine(value, style) : onLines(value, style, inner);
  return `${JSON.stringify(name)}:${style.space}${shown}`;
}

function onLines(value: unknown, { indent, end }: Style, before: string): string {
  return JSON.stringify(value, undefined, indent).replaceAll('\n', end + before);
}

function onOneLine(value: unknown, style: Style): string {
  const { space } = style;
  if (Array.isArray(value)) return `[${value.map((one) => onOneLine(one, style)).join(`,${space}`)}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, one]) => one !== undefined);
  const written = members.map(([name, one]) => `${JSON.stringify(name)}:${space}${onOneLine(one, style)}`);
  return written.length === 0 ? '{}' : `{${space}${written.join(`,${space}`)}${space}}`;
}
