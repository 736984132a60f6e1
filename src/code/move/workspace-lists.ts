import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { isScalar, isSeq, parseDocument } from 'yaml';
import type { TextEdit } from '../text/file-edits.ts';
import { workspaceMatcher } from '../workspace/workspaces.ts';
import type { FileMove, MovedPaths } from './moved-paths.ts';

/** Patterns that say which folders are packages of the workspace, as they stand in a file; places are those of the values with their quotes. */
export type PatternList = {
  readonly entries: readonly Entry[];
  /** What stands between two entries. */
  readonly separator: string;
};

type Entry = { readonly value: string; readonly offset: number; readonly length: number };

/** The lists of a file that names the folders of a workspace. Pure. */
export function patternLists(path: string, text: string): readonly PatternList[] {
  if (path === 'pnpm-workspace.yaml') return yamlList(text);
  const ways: Readonly<Record<string, readonly (readonly string[])[]>> = {
    'package.json': [['workspaces'], ['workspaces', 'packages']],
    'lerna.json': [['packages']],
    'package-lock.json': [['packages', '', 'workspaces']],
    'npm-shrinkwrap.json': [['packages', '', 'workspaces']],
  };
  const root = parseTree(text.replace(/^\uFEFF/, ' '), [], { allowTrailingComma: true });
  if (root === undefined) return [];
  return (ways[path] ?? []).flatMap((way) => jsonList(text, findNodeAtLocation(root, [...way])));
}

function jsonList(text: string, node: Node | undefined): readonly PatternList[] {
  const items = node?.type === 'array' ? (node.children ?? []) : [];
  const [first, second] = items;
  if (node === undefined || first === undefined || items.some(({ type }) => type !== 'string')) return [];
  const lead = text.slice(node.offset + 1, first.offset);
  const separator =
    second === undefined
      ? `,${lead.includes('\n') ? lead : ' '}`
      : text.slice(first.offset + first.length, second.offset);
  return [{ separator, entries: items.map(({ value, offset, length }) => ({ value: String(value), offset, length })) }];
}

function yamlList(text: string): readonly PatternList[] {
  const node = parseDocument(text).get('packages', true);
  const items = isSeq(node) ? node.items : [];
  const entries = items.flatMap((item) => {
    const range = isScalar(item) ? item.range : undefined;
    return range == null || !isScalar(item)
      ? []
      : [{ value: String(item.value), offset: range[0], length: range[1] - range[0] }];
  });
  const [first, second] = entries;
  if (first === undefined || entries.length < items.length) return [];
  const separator =
    second === undefined
      ? `\n${text.slice(text.lastIndexOf('\n', first.offset) + 1, first.offset)}`
      : text.slice(first.offset + first.length, second.offset);
  return [{ separator: separator.replace(/#[^\n]*/g, '').replace(/\n\s*\n/g, '\n'), entries }];
}

/** Edits by which a list takes the same packages in where they are then. Empty where its patterns do so already. Pure. */
export function listEdits(
  text: string,
  { entries, separator }: PatternList,
  { members, moved }: { readonly members: readonly FileMove[]; readonly moved: MovedPaths },
): readonly TextEdit[] {
  const after = entries.map(({ value }) => patternAfter(value, moved));
  const isIn = workspaceMatcher(entries.map(({ value }) => value));
  const gone = after.map((value, at) => {
    const others = after.filter((_, other) => other !== at);
    return value !== entries[at]?.value && !/[*?{[!]/.test(value) && workspaceMatcher(others)(bare(value));
  });
  const kept = after.filter((_, at) => gone[at] !== true);
  const isInThen = workspaceMatcher(kept);
  const missing = members.filter(({ from, to }) => isIn(from) && !isInThen(to)).map(({ to }) => to);
  const last = entries.at(-1);
  const end = last === undefined ? 0 : last.offset + last.length;
  const quote = /^["']/.exec(text.slice(last?.offset))?.[0] ?? '';
  return [
    ...entries.flatMap((entry, at) => {
      const value = after[at] ?? '';
      if (gone[at] === true) return [without(text, entries, at)];
      if (value === entry.value) return [];
      const inner = entry.length - entry.value.length > 0 ? 1 : 0;
      return [replaced(text, { offset: entry.offset + inner, length: entry.length - 2 * inner }, value)];
    }),
    ...(missing.length === 0
      ? []
      : [
          {
            offset: end,
            length: 0,
            before: '',
            text: missing
              .sort()
              .map((to) => `${separator}${quote}${to}${quote}`)
              .join(''),
          },
        ]),
  ];
}

/** A pattern whose part without wildcards names a folder that goes. */
function patternAfter(value: string, { folders }: MovedPaths): string {
  const lead = /^!?(?:\.?\/)?/.exec(value)?.[0] ?? '';
  const wild = value.slice(lead.length).search(/[*?{[]/);
  const plain = value.slice(lead.length);
  const fixed = wild === -1 ? plain : plain.slice(0, plain.lastIndexOf('/', wild) + 1);
  const folder = fixed.replace(/\/+$/, '');
  const to = folders.get(folder);
  return to === undefined ? value : lead + to + plain.slice(folder.length);
}

function bare(value: string): string {
  return value.replace(/^\.?\//, '').replace(/\/+$/, '');
}

function without(text: string, entries: readonly Entry[], at: number): TextEdit {
  const [before, entry, next] = [entries[at - 1], entries[at], entries[at + 1]];
  const own = entry ?? { offset: 0, length: 0 };
  const from = before === undefined ? own.offset : before.offset + before.length;
  const to = before === undefined && next !== undefined ? next.offset : own.offset + own.length;
  return replaced(text, { offset: from, length: to - from }, '');
}

/** An edit of a place of a text. Pure. */
export function replaced(
  text: string,
  { offset, length }: { readonly offset: number; readonly length: number },
  by: string,
): TextEdit {
  return { offset, length, before: text.slice(offset, offset + length), text: by };
}

/** True for files that hold such lists. */
export function listsFolders(path: string): boolean {
  return ['package.json', 'lerna.json', 'pnpm-workspace.yaml'].includes(path);
}
