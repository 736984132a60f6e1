import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { TextEdit, TreeEdit, TreeTransform, TreeUnresolved } from '../../../recipe.ts';
import { baseName, folderPath } from '../../../text/search-text.ts';
import { joined } from '../../../tree/tree-path.ts';

const alone =
  /^--?(noEmit|watch|w|pretty|listFiles|strict|declaration|d|sourceMap|skipLibCheck|esModuleInterop|allowJs|checkJs|resolveJsonModule|incremental|diagnostics|experimentalDecorators|emitDecoratorMetadata|emitDeclarationOnly|build|b|init|version|v|help|h|all|showConfig|ignoreConfig|downlevelIteration|noImplicitAny|removeComments)$/i;
const removedFlags =
  /--(?:outFile|baseUrl|downlevelIteration)\b|--(?:target|t)\s+es[35]\b|--moduleResolution\s+(?:node10|node|classic)\b|--(?:module|m)\s+(?:amd|umd|system|none)\b|--(?:esModuleInterop|allowSyntheticDefaultImports|alwaysStrict)\s+false\b/i;

/** Scripts that call the compiler with files, or with options that it no longer has. */
export const compilerScripts: TreeTransform = {
  kind: 'tree',
  id: 'compiler-scripts',
  why: '`tsc file.ts` beside a tsconfig.json is an error since 6.0 where `--ignoreConfig` is not said too, and options that are gone are gone on the command line as well (release notes of 6.0, "Specifying Command-Line Files When tsconfig.json Exists is Now an Error").',
  async transform(tree) {
    const own = new Set(tree.paths);
    const edits: TreeEdit[] = [];
    const unresolved: TreeUnresolved[] = [];
    for (const path of tree.paths.filter((one) => baseName(one) === 'package.json')) {
      const text = (await tree.read(path))?.text ?? '';
      const hasConfig = own.has(joined(folderPath(path), 'tsconfig.json'));
      const found = scriptsIn(text).map((script) => ({ script, ...rewritten(script.value, hasConfig) }));
      const mine: readonly TextEdit[] = found.flatMap(({ script, value }) =>
        value === script.value ? [] : [{ offset: script.offset, length: script.length, text: JSON.stringify(value) }],
      );
      if (mine.length > 0) edits.push({ kind: 'edit', path, edits: mine });
      // Places are those afterwards: what was put in before moves them.
      const shift = (offset: number): number =>
        mine.filter((edit) => edit.offset < offset).reduce((sum, edit) => sum + edit.text.length - edit.length, offset);
      for (const { script, left } of found)
        for (const message of left)
          unresolved.push({
            path,
            offset: shift(script.offset),
            length: script.length,
            message,
            cure,
            evidence: 'Release notes of TypeScript 6.0.',
          });
    }
    return { edits, unresolved };
  },
};

const cure = 'Put the options into a tsconfig and call `tsc -p` with it, as the recipe wrote it for the others.';

type Script = { readonly name: string; readonly value: string; readonly offset: number; readonly length: number };

/** The scripts of a package.json, with their places. */
export function scriptsIn(text: string): readonly Script[] {
  const root = parseTree(text);
  const node = root === undefined ? undefined : findNodeAtLocation(root, ['scripts']);
  return (node?.children ?? []).flatMap((property) => {
    const [key, value] = property.children ?? [];
    if (key === undefined || value?.type !== 'string') return [];
    return [{ name: String(key.value), value: String(value.value), offset: value.offset, length: value.length }];
  });
}

function rewritten(line: string, hasConfig: boolean): { readonly value: string; readonly left: readonly string[] } {
  const left: string[] = [];
  const value = line
    .split(/(\s*(?:&&|\|\||;|\|)\s*)/)
    .map((part) => {
      const [, before = '', program, args = ''] = /^((?:.*\s)?)(tsc)((?:\s.*)?)$/.exec(part) ?? [];
      if (program === undefined || /(^|\s)(echo|rm|cd)\s/.test(before)) return part;
      if (removedFlags.test(args)) left.push(`\`${part.trim()}\` names an option that TypeScript no longer has.`);
      if (!hasConfig || !namesFiles(args) || /--ignoreConfig\b/i.test(args)) return part;
      left.push(
        `\`${part.trim()}\` goes past the tsconfig, and what holds where nothing is said has changed: strict, target, module, types.`,
      );
      return `${before}tsc --ignoreConfig${args}`;
    })
    .join('');
  return { value, left };
}

function namesFiles(args: string): boolean {
  const words = args.trim().split(/\s+/);
  return words.some((word, at) => {
    if (word.startsWith('-') || !/\.([cm]?[jt]s|[jt]sx)$/.test(word)) return false;
    const before = words[at - 1];
    return before === undefined || !before.startsWith('-') || alone.test(before);
  });
}
