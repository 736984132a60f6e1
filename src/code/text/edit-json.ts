import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { withValueAt } from './insert-member.ts';

/** One text in a file: the keys that lead to it, what stands there (undefined: nothing), and what is to stand there. */
export type TextEdit = { readonly keys: readonly string[]; readonly from: string | undefined; readonly to: string };

/** A file that is not as was expected, as a sentence. */
export type Refused = { readonly why: string };

/**
 * A JSON text with one value changed, all else byte for byte; unchanged where the value is there already. A new member stands
 * among the others by name, indented and ended as the file is. Pure.
 */
export function editJson(text: string, { keys, from, to }: TextEdit): string | Refused {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const plain = text.slice(mark);
  const tree = parseTree(plain);
  if (tree === undefined) return { why: 'It is no JSON any more.' };
  const node = findNodeAtLocation(tree, [...keys]);
  if (node?.value === to) return text;
  if (node?.value !== from) return refusal({ keys, from, to }, node?.value);
  if (node === undefined) {
    const placeAmong = (names: readonly string[]) => byName(keys.at(-1) ?? '', names);
    return withValueAt(text, { keys, value: to, placeAmong });
  }
  const at = node.offset + mark;
  return text.slice(0, at) + JSON.stringify(to) + text.slice(at + node.length);
}

/** What stands at a place of a JSON text; undefined where nothing does, or it is no JSON. Pure. */
export function valueAt(text: string, keys: readonly string[]): unknown {
  return findNodeAtLocation(parseTree(text.replace(/^\uFEFF/, '')) ?? emptyNode, [...keys])?.value;
}

/** A JSON text without a member of an object, all else byte for byte; unchanged where there is none. Pure. */
export function withoutMember(text: string, keys: readonly string[]): string {
  if (text.startsWith('\uFEFF')) return `\uFEFF${withoutMember(text.slice(1), keys)}`;
  const tree = parseTree(text);
  const member = tree === undefined ? undefined : findNodeAtLocation(tree, [...keys])?.parent;
  const all = member?.parent?.children ?? [];
  const at = member === undefined ? -1 : all.indexOf(member);
  if (member === undefined || at === -1) return text;
  const [before, next] = [all[at - 1], all[at + 1]];
  const ends = member.offset + member.length;
  const object = member.parent;
  if (object !== undefined && all.length === 1) {
    const inner = text.slice(object.offset + 1, member.offset) + text.slice(ends, object.offset + object.length - 1);
    if (/^[\s,]*$/.test(inner)) return `${text.slice(0, object.offset)}{}${text.slice(object.offset + object.length)}`;
  }
  const lines = linesOf(text, member.offset, ends);
  if (lines === undefined || (next === undefined && lines.comma === '' && before === undefined)) {
    const from = next === undefined && before !== undefined ? before.offset + before.length : member.offset;
    return text.slice(0, from) + text.slice(next === undefined ? ends : next.offset);
  }
  if (next !== undefined || lines.comma !== '') return text.slice(0, lines.from) + text.slice(lines.to);
  // The last of several: the comma behind the one before it goes too, and the comments between them stay.
  const upTo = (before?.offset ?? 0) + (before?.length ?? 0);
  return text.slice(0, upTo) + text.slice(upTo, lines.from).replace(/^\s*,/, '') + text.slice(lines.to);
}

/** The lines that hold one member and what stands behind it, and nothing else; undefined where there are none. */
function linesOf(text: string, offset: number, ends: number) {
  const from = text.lastIndexOf('\n', offset - 1) + 1;
  const [whole = '', comma = ''] =
    /^([ \t]*,)?[ \t]*(?:\/\/[^\r\n]*|\/\*(?:(?!\*\/)[^\r\n])*\*\/[ \t]*)?\r?\n/.exec(text.slice(ends)) ?? [];
  const isAlone = text.slice(from, offset).trim() === '' && whole !== '';
  return isAlone ? { from, to: ends + whole.length, comma } : undefined;
}

/** What stands there, and what was expected. */
export function refusal({ keys, from }: TextEdit, found: unknown): Refused {
  const where = keys.join(' > ');
  const has = found === undefined ? `It has no ${where}` : `Its ${where} is ${JSON.stringify(found)}`;
  return { why: `${has}, and the plan expects ${from === undefined ? 'none' : JSON.stringify(from)}.` };
}

const emptyNode = { type: 'object', offset: 0, length: 0 } as const;

/** By name; a group that is new stands last, as its place among the fields of package.json is the user's own. */
function byName(name: string, names: readonly string[]): number {
  const at = names.findIndex((other) => other > name);
  return at === -1 ? names.length : at;
}
