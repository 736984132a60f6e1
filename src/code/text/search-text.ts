import { findNodeAtLocation, type ParseError, parseTree } from 'jsonc-parser';
import type { Found } from '../version-place.ts';

/**
 * Every first group of a pattern (flags `gmd`) as found values; quotes around the value are not part of it. A value that
 * is computed elsewhere (`${{ … }}`, `$NODE`) names no version and is left out.
 */
export function findAll(text: string, pattern: RegExp): readonly Found[] {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  return [...text.slice(mark).matchAll(pattern)].flatMap((match) => {
    const value = match[1];
    const offset = match.indices?.[1]?.[0];
    if (value === undefined || offset === undefined || value === '' || value.includes('$')) return [];
    return [{ value, offset: offset + mark }];
  });
}

/** A string in a JSON text by its path of keys, without its quotes. Strings with escapes are left out: no version has one. */
export function findInJson(text: string, keys: readonly string[]): readonly Found[] {
  const errors: ParseError[] = [];
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const tree = parseTree(text.slice(mark), errors, { allowTrailingComma: true });
  const node = tree === undefined ? undefined : findNodeAtLocation(tree, [...keys]);
  if (node?.type !== 'string') return [];
  const value = String(node.value);
  return value.length + 2 === node.length && value !== '' ? [{ value, offset: node.offset + 1 + mark }] : [];
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder of a path from the root; `.` for the root. */
export function folderPath(path: string): string {
  const at = path.lastIndexOf('/');
  return at === -1 ? '.' : path.slice(0, at);
}

/** A path in a folder, from the root. */
export function within(folder: string, name: string): string {
  return folder === '.' ? name : `${folder}/${name}`;
}

/** The source of a pattern that means a text as it stands. */
export function literalPattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
