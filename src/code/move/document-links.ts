import type { ConfiguredPath } from '../graph/configured-paths.ts';
import { decodedPath, encodedPath } from '../graph/percent.ts';
import { blanked } from '../graph/read-styles.ts';
import type { TreeIndex } from '../graph/tree-index.ts';
import { folderPath } from '../text/search-text.ts';
import { joined } from '../tree/tree-path.ts';

/** True for a document whose links are read. Pure. */
export function isDocument(path: string): boolean {
  return /\.(md|mdx|markdown)$/i.test(path);
}

/** Code is text to be read, and no link: fences, indented or not, and spans. */
const code =
  /^([ \t]*)(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^[ \t]*\2[`~]*[ \t]*$|(?![\s\S]))|(`+)(?!`)[^`][\s\S]*?\3(?!`)|<!--[\s\S]*?-->/gm;
const links = [
  /\]\(\s*(<?)([^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+["'(][^\n]*?["')])?\s*\)/dg,
  /\]\(\s*(<)([^<>\n]*\s[^<>\n]*)>/dg,
  /^ {0,3}\[([^\]\n]+)\]:\s*<?([^\s<>]+)>?/dgm,
  /\b(?:src|href)\s*=\s*(["'])([^"'\n]+)\1/dg,
];

/** Links of a Markdown document that lead to a file or a folder of the tree, their anchors left out. Pure. */
export function documentLinks(path: string, text: string, tree: TreeIndex): readonly ConfiguredPath[] {
  const plain = blanked(text, code);
  return links.flatMap((pattern) =>
    [...plain.matchAll(pattern)].flatMap((match): ConfiguredPath[] => {
      const specifier = (match[2] ?? '').replace(/[#?].*$/, '');
      const offset = match.indices?.[2]?.[0] ?? 0;
      if (specifier === '' || /^([a-z][\w+.-]*:|\/\/)|\\/i.test(specifier)) return [];
      const base = specifier.startsWith('/') ? '.' : folderPath(path);
      const target = joined(base, decodedPath(specifier) ?? specifier);
      if (target.startsWith('..') || target === '.' || !(tree.has(target) || tree.hasFolder(target))) return [];
      const reach = { target, habit: 'exact' as const, isBuilt: false };
      return [{ kind: 'configured', specifier, offset, length: specifier.length, from: path, base, reach }];
    }),
  );
}

/** A link as it is written: between `<` and `>` as it is, else without what would end it, and encoded where it was. Pure. */
export function linkText({ specifier, offset }: ConfiguredPath, way: string, text: string): string {
  if (text[offset - 1] === '<') return way;
  return decodedPath(specifier) !== undefined || /[\s#?%]/.test(way) ? encodedPath(way) : way;
}
