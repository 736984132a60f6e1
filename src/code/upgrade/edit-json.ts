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
    return text.slice(0, mark) + withValueAt(plain, { keys, value: to, placeAmong });
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
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const tree = parseTree(text.slice(mark));
  const member = tree === undefined ? undefined : findNodeAtLocation(tree, [...keys])?.parent;
  const all = member?.parent?.children ?? [];
  const at = member === undefined ? -1 : all.indexOf(member);
  const [before, next] = [all[at - 1], all[at + 1]];
  if (member === undefined || at === -1) return text;
  const from = next === undefined && before !== undefined ? before.offset + before.length : member.offset;
  const to = next === undefined ? member.offset + member.length : next.offset;
  return text.slice(0, from + mark) + text.slice(to + mark);
}

/** What stands there, and what was expected. */
export function refusal({ keys, from }: TextEdit, found: unknown): Refused {
  const where = keys.join(' > ');
  const has = found === undefined ? `It has no ${where}` : `Its ${where} is ${JSON.stringify(found)}`;
  return { why: `${has}, and the plan expects ${from === undefined ? 'none' : JSON.stringify(from)}.` };
}

const emptyNode = { type: 'object', offset: 0, length: 0 } as const;

/** A JSON text with a member of its object set to any value, all else byte for byte; a new one stands last. Pure. */
export function withMember(text: string, name: string, value: unknown): string {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  return text.slice(0, mark) + withValueAt(text.slice(mark), { keys: [name], value });
}

/** By name; a group that is new stands last, as its place among the fields of package.json is the user's own. */
function byName(name: string, names: readonly string[]): number {
  const at = names.findIndex((other) => other > name);
  return at === -1 ? names.length : at;
}
