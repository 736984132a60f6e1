import { modify, type Node, parseTree } from 'jsonc-parser';
import { isRecord, jsonOf } from '../../../read-data.ts';
import type { TextEdit } from '../../../recipe.ts';

/** The edits of a package.json for `type: module`, without those of paths. Pure. */
export function manifestEdits(text: string, { usesJest }: { readonly usesJest: boolean }): readonly TextEdit[] {
  const value = jsonOf(text);
  const fields = isRecord(value) ? value : {};
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  const formattingOptions = { insertSpaces: !indent.includes('\t'), tabSize: indent.length, eol: '\n' };
  const before = ['version', 'name'].find((name) => name in fields);
  const set = (path: string[], to: unknown, behind?: string): readonly TextEdit[] =>
    modify(text, path, to, {
      formattingOptions,
      ...(behind === undefined ? {} : { getInsertionIndex: (names: string[]) => names.indexOf(behind) + 1 }),
    }).map(({ offset, length, content }) => ({ offset, length, text: content }));
  const jest = isRecord(fields.jest) ? fields.jest : {};
  return [
    ...set(['type'], 'module', before),
    ...(usesJest && isRecord(fields.jest) && jest.transform === undefined ? set(['jest', 'transform'], {}) : []),
    ...(usesJest ? jestScripts(text) : []),
  ];
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
