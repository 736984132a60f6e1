import type { Finding } from '#core/finding';
import { placeAt } from '../place.ts';
import { folderPath } from '../search-text.ts';
import { joined } from '../tree-path.ts';
import { movedPath } from './moved-paths.ts';
import type { MoveStudy } from './study-move.ts';

const word = /[\w@.+~()[\]-]*(?:\/[\w@.+~()[\]-]+)+\/?/g;
/** Longer texts are data. */
const charactersMax = 2_000_000;

/**
 * What only looks like a path that moves: words of texts that are neither specifiers nor configuration. They are named, with
 * what the path is afterwards, and nobody touches them. Pure.
 */
export function mentionsIn(path: string, text: string, { moved, edges, edits, before }: MoveStudy): readonly Finding[] {
  if (text.length > charactersMax) return [];
  const spans = [
    ...edges.filter(({ from }) => from === path),
    ...(edits.find((one) => one.path === path)?.edits ?? []),
  ].map(({ offset, length }) => ({ start: offset, end: offset + length }));
  const found: Finding[] = [];
  for (const match of text.matchAll(word)) {
    const offset = match.index;
    if (spans.some(({ start, end }) => offset < end && offset + match[0].length > start)) continue;
    const plain = match[0].replace(/[.)\]]+$/, '').replace(/\/$/, '');
    const target = /[\w]\/[\w@.]/.test(plain) ? targetOf(path, plain, { moved, before }) : undefined;
    if (target === undefined) continue;
    const { line, column } = placeAt(path, text, { offset, length: match[0].length });
    found.push({
      rule: 'move/mention',
      severity: 'advice',
      message: `${plain} looks like ${target}, which moves to ${movedPath(target, moved)}; it is left as it is.`,
      cure: 'Where it means that file, change it by hand.',
      object: target,
      file: path,
      line,
      column,
    });
  }
  return found;
}

const endings = ['', '.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts'];

function targetOf(
  path: string,
  plain: string,
  { moved, before }: Pick<MoveStudy, 'moved' | 'before'>,
): string | undefined {
  const bases = ['.', folderPath(path), before.homeOf(path)?.folder ?? '.'];
  for (const base of new Set(bases)) {
    const named = joined(base, plain.replace(/^\//, ''));
    if (named.startsWith('..')) continue;
    const target = endings
      .map((ending) => named + ending)
      .find((one) => moved.files.has(one) || moved.folders.has(one));
    if (target !== undefined) return target;
  }
  return undefined;
}
