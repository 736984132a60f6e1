import { isMap, isScalar, type Pair, parseDocument, type Scalar } from 'yaml';
import type { TextEdit } from '../text/file-edits.ts';
import { joined, relativeFrom } from '../tree/tree-path.ts';
import { type LockWorld, unknownLock } from './lock-edits.ts';
import { placeAmong } from './member-moves.ts';
import { type Chunk, orderedChunks } from './ordered-chunks.ts';
import { replaced } from './workspace-lists.ts';

const groups = ['dependencies', 'devDependencies', 'optionalDependencies'];

/** Edits of a lock file of pnpm for packages that move: its importers, and the links between them. Throws `not-built`. Pure. */
export function pnpmLockEdits(path: string, text: string, world: LockWorld): readonly TextEdit[] {
  const document = parseDocument(text);
  const root = document.contents;
  const importers = isMap(root) ? root.get('importers', true) : undefined;
  if (!isMap(root) || !isMap(importers)) return [];
  const top = startsOf(text, root.items);
  const own = startsOf(text, importers.items);
  const end = top.find((start) => start > (own.at(-1) ?? 0)) ?? text.length;
  checkRest(path, text, { start: own[0] ?? 0, end, world });
  const chunks = importers.items.map((pair, at): Chunk => {
    const key = textOf(pair.key);
    const newKey = placeAmong(world.members, key);
    return {
      key,
      newKey,
      start: own[at] ?? 0,
      end: own[at + 1] ?? end,
      edits: [...changed(text, pair.key, newKey), ...linkEdits(text, pair, { key, newKey, world })],
    };
  });
  const isUniform = chunks.every((chunk) => text.slice(chunk.start, chunk.end).endsWith('\n\n'));
  if (!isUniform) return chunks.flatMap(({ edits }) => edits);
  return orderedChunks(text, chunks, {
    separator: '',
    compare: (one, other) => (one < other ? -1 : one > other ? 1 : 0),
  });
}

type Importer = { readonly key: string; readonly newKey: string; readonly world: LockWorld };

/** Links are paths from the folder of the importer. */
function linkEdits(text: string, { value }: Pair, { key, newKey, world }: Importer): readonly TextEdit[] {
  if (!isMap(value)) return [];
  const manifest = world.manifestAfter(newKey);
  return groups.flatMap((group) => {
    const all = value.get(group, true);
    return (isMap(all) ? all.items : []).flatMap(({ key: name, value: entry }) => {
      if (!isMap(entry)) return [];
      const [specifier, version] = [entry.get('specifier', true), entry.get('version', true)];
      const declared = manifest?.get(textOf(name));
      const isLocal = /^(?:file|link|workspace):\.{0,2}\//.test(textOf(specifier));
      const link = /^link:(.*)$/.exec(textOf(version))?.[1];
      const target = link === undefined ? undefined : placeAmong(world.members, joined(key, link));
      return [
        ...(isLocal && declared !== undefined ? changed(text, specifier, declared) : []),
        ...(target === undefined
          ? []
          : changed(text, version, `link:${relativeFrom(newKey, target).replace(/^\.\//, '')}`)),
      ];
    });
  });
}

/** A package that is copied instead of linked stands by its folder in many places. */
function checkRest(
  path: string,
  text: string,
  { start, end, world }: { readonly start: number; readonly end: number; readonly world: LockWorld },
): void {
  const named = [...text.matchAll(/(?:file|link):([\w@.+~/-]+)/g)].find(
    ({ index, 1: folder = '' }) =>
      (index < start || index >= end) && placeAmong(world.members, joined('.', folder)) !== joined('.', folder),
  );
  const inside = /version: file:/.test(text.slice(start, end));
  if (named !== undefined || inside)
    throw unknownLock(path, `It has packages of the workspace as copies (\`${named?.[0] ?? 'file:'}\`), not as links.`);
}

function startsOf(text: string, pairs: readonly Pair[]): readonly number[] {
  return pairs.map(({ key }) => {
    const at = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
    return text.lastIndexOf('\n', at) + 1;
  });
}

function textOf(node: unknown): string {
  return isScalar(node) ? String(node.value) : '';
}

function changed(text: string, node: unknown, value: string): readonly TextEdit[] {
  if (!isScalar(node) || node.range == null || String(node.value) === value) return [];
  const [offset, end] = node.range;
  return [replaced(text, { offset, length: end - offset }, quoted(node, value))];
}

function quoted({ type }: Scalar, value: string): string {
  if (type === 'QUOTE_DOUBLE') return JSON.stringify(value);
  return type === 'QUOTE_SINGLE' ? `'${value}'` : value;
}
