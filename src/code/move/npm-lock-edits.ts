import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { dependencyGroups } from '../snapshot.ts';
import type { TextEdit } from '../text/file-edits.ts';
import type { LockWorld } from './lock-edits.ts';
import { placeAmong } from './member-moves.ts';
import { type Chunk, orderedChunks } from './ordered-chunks.ts';
import { listEdits, patternLists, replaced } from './workspace-lists.ts';

const local = /^(?:file|link):|^\.{1,2}\//;

/** Edits of a lock file of npm for packages that move: their places, the links to them, and what they say of each other. Pure. */
export function npmLockEdits(path: string, text: string, world: LockWorld): readonly TextEdit[] {
  const root = parseTree(text);
  const packages = root === undefined ? undefined : findNodeAtLocation(root, ['packages']);
  const lists = patternLists(path, text).flatMap((list) => listEdits(text, list, world));
  const chunks = (packages?.children ?? []).map((property) => chunkOf(text, property, world, lists));
  const [first, second] = packages?.children ?? [];
  const separator =
    first === undefined || second === undefined ? ',' : text.slice(first.offset + first.length, second.offset);
  const old = root === undefined ? undefined : findNodeAtLocation(root, ['dependencies']);
  return [
    ...orderedChunks(text, chunks, { separator, compare: (one, other) => one.localeCompare(other, 'en') }),
    ...(old?.children ?? []).flatMap((property) => oldEdits(text, property, world)),
  ];
}

function chunkOf(text: string, property: Node, world: LockWorld, lists: readonly TextEdit[]): Chunk {
  const [name, value] = property.children ?? [];
  const key = String(name?.value);
  const newKey = placeAmong(world.members, key);
  const end = property.offset + property.length;
  return {
    key,
    newKey,
    start: property.offset,
    end,
    edits: [
      ...(name === undefined || key === newKey ? [] : [replaced(text, name, JSON.stringify(newKey))]),
      ...(value === undefined ? [] : entryEdits(text, { key, newKey, value }, world)),
      ...lists.filter(({ offset }) => offset > property.offset && offset < end),
    ],
  };
}

type LockEntry = { readonly key: string; readonly newKey: string; readonly value: Node };

function entryEdits(text: string, { key, newKey, value }: LockEntry, world: LockWorld): readonly TextEdit[] {
  const resolved = findNodeAtLocation(value, ['resolved']);
  if (findNodeAtLocation(value, ['link'])?.value === true && resolved !== undefined)
    return changed(text, resolved, placeAmong(world.members, String(resolved.value)));
  if (/(^|\/)node_modules\//.test(key)) return [];
  const manifest = world.manifestAfter(newKey === '' ? '.' : newKey);
  return dependencyGroups.flatMap((group) =>
    (findNodeAtLocation(value, [group])?.children ?? []).flatMap((property) => {
      const [name, range] = property.children ?? [];
      const declared = manifest?.get(String(name?.value));
      if (range === undefined || declared === undefined || !local.test(String(range.value))) return [];
      return changed(text, range, declared);
    }),
  );
}

/** The part that npm 6 reads, which `lockfileVersion` 2 keeps. */
function oldEdits(text: string, property: Node, { members }: LockWorld): readonly TextEdit[] {
  const [, value] = property.children ?? [];
  const version = value === undefined ? undefined : findNodeAtLocation(value, ['version']);
  const said = String(version?.value);
  if (version === undefined || !said.startsWith('file:')) return [];
  return changed(text, version, `file:${placeAmong(members, said.slice(5))}`);
}

function changed(text: string, node: Node, value: string): readonly TextEdit[] {
  return node.value === value ? [] : [replaced(text, node, JSON.stringify(value))];
}
