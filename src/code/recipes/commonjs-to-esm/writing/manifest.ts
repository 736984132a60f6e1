import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import type { TextEdit } from '../../../recipe.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { folderPath } from '../../../text/search-text.ts';
import { relativeFrom } from '../../../tree/tree-path.ts';
import { type Files, requiredPath } from '../reading/node-path.ts';

/** The edits of a package.json for `type: module`, without those of paths. Pure. */
export function manifestEdits(text: string, { usesJest }: { readonly usesJest: boolean }): readonly TextEdit[] {
  const value = jsonOf(text);
  const fields = isRecord(value) ? value : {};
  const before = ['version', 'name'].find((name) => name in fields);
  const jest = isRecord(fields.jest) ? fields.jest : {};
  return [
    ...memberEdit(text, { keys: ['type'], value: 'module', behind: before }),
    ...(usesJest && isRecord(fields.jest) && jest.transform === undefined
      ? memberEdit(text, { keys: ['jest', 'transform'], value: {}, behind: undefined })
      : []),
    ...(usesJest ? jestScripts(text) : []),
  ];
}

type Member = {
  readonly keys: readonly [...string[], string];
  readonly value: unknown;
  /** Name of the member behind which a new one stands; undefined for the last. */
  readonly behind: string | undefined;
};

/** One value set, and nothing else touched: other edits of the same line stay apart from it. */
function memberEdit(text: string, { keys, value, behind }: Member): readonly TextEdit[] {
  const root = parseTree(text);
  const holder = root && findNodeAtLocation(root, keys.slice(0, -1));
  if (holder === undefined) return [];
  const put = JSON.stringify(value);
  const name = keys.at(-1) ?? '';
  const there = childOf(holder, name);
  if (there !== undefined) return [{ offset: there.offset, length: there.length, text: put }];
  const members = holder.children ?? [];
  const after = members.find((one) => one.children?.[0]?.value === behind) ?? members.at(-1);
  const member = `${JSON.stringify(name)}: ${put}`;
  if (after === undefined) return [{ offset: holder.offset + 1, length: 0, text: ` ${member} ` }];
  const space = /\s*$/.exec(text.slice(0, after.offset))?.[0] ?? '';
  return [{ offset: after.offset + after.length, length: 0, text: `,${space === '' ? ' ' : space}${member}` }];
}

type Entry = {
  readonly files: Files;
  /** New paths of files that are renamed. */
  readonly placeOf: (path: string) => string;
};

/**
 * `main` where what Node takes for it has another name now, and it did not say that file by its whole name: a folder, a
 * path without its ending, or nothing at all, for index.js. https://nodejs.org/api/modules.html#folders-as-modules Pure.
 */
export function entryEdits(
  { path, text, before }: { readonly path: string; readonly text: string; readonly before: string },
  { files, placeOf }: Entry,
): readonly TextEdit[] {
  const [was, is] = [before, text].map((one) => {
    const value = jsonOf(one);
    return isRecord(value) ? value : {};
  });
  const main = typeof was?.main === 'string' ? was.main : undefined;
  if (main === undefined && was?.exports !== undefined) return [];
  const entry = requiredPath(path, main === undefined ? './index.js' : `./${main}`, files);
  if (entry === undefined || placeOf(entry) === entry || is?.main !== was?.main) return [];
  const put = relativeFrom(folderPath(path), placeOf(entry));
  const value = main?.startsWith('./') === true ? put : put.slice('./'.length);
  return memberEdit(text, {
    keys: ['main'],
    value,
    behind: ['version', 'name'].find((name) => is?.[name] !== undefined),
  });
}

/** Jest runs ES modules only where Node is started with a flag (https://jestjs.io/docs/ecmascript-modules). */
function jestScripts(text: string): readonly TextEdit[] {
  const scripts = childOf(parseTree(text), 'scripts');
  return (scripts?.children ?? []).flatMap((property) => {
    const script = property.children?.[1];
    if (script === undefined || typeof script.value !== 'string') return [];
    const raw = text.slice(script.offset, script.offset + script.length);
    return [...raw.matchAll(/(?<=^"|&& *|; *)(?:npx +)?jest(?=[ "])/g)].map((match) => ({
      offset: script.offset + match.index,
      length: 0,
      text: 'NODE_OPTIONS=--experimental-vm-modules ',
    }));
  });
}

/** Where a member of package.json stands. Pure. */
export function memberAt(text: string, keys: readonly string[]): { readonly offset: number; readonly length: number } {
  let node = parseTree(text);
  for (const key of keys) node = childOf(node, key);
  return { offset: node?.offset ?? 0, length: node?.length ?? 0 };
}

function childOf(node: Node | undefined, name: string): Node | undefined {
  return node?.children?.find((one) => one.children?.[0]?.value === name)?.children?.[1];
}
