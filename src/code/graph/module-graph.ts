import type { SourceTree } from '../engine/recipe-run.ts';
import type { Occurrence } from './occurrence.ts';
import type { Reach } from './reach.ts';
import { mayName, readFileNames } from './read-file.ts';
import { resolve } from './resolve.ts';
import { isIndexed, type TreeIndex, treeIndex } from './tree-index.ts';

/** A specifier with the file that it reaches, undefined where that is no file of the tree. */
export type Edge = Occurrence & { readonly from: string; readonly reach: Reach | undefined };

/** The texts of a tree that name others, and the index by which names are resolved. */
export type NamedTree = {
  readonly index: TreeIndex;
  /** Specifiers by file. */
  readonly names: ReadonlyMap<string, readonly Occurrence[]>;
  /** Files that could not be read, with the reason. */
  readonly unread: readonly { readonly path: string; readonly why: string }[];
};

/** So many files are read at once. */
const width = 32;

/** Reads every file of a tree that may name others, and what resolution has to know. Reads only. */
export async function readNames(tree: Pick<SourceTree, 'paths' | 'read'>, signal: AbortSignal): Promise<NamedTree> {
  const texts = new Map<string, string>();
  const names = new Map<string, readonly Occurrence[]>();
  const unread: { path: string; why: string }[] = [];
  const wanted = tree.paths.filter((path) => mayName(path) || isIndexed(path));
  for (let start = 0; start < wanted.length; start += width) {
    signal.throwIfAborted();
    await Promise.all(
      wanted.slice(start, start + width).map(async (path) => {
        const answer = await tree.read(path);
        if ('why' in answer) {
          unread.push({ path, why: answer.why });
          return;
        }
        if (isIndexed(path)) texts.set(path, answer.text);
        if (mayName(path)) names.set(path, readFileNames(path, answer.text));
      }),
    );
  }
  return { index: treeIndex(tree.paths, texts), names, unread };
}

/** Every specifier of a tree with what it reaches. Pure. */
export function edgesOf(names: NamedTree['names'], index: TreeIndex): readonly Edge[] {
  const edges: Edge[] = [];
  for (const [from, occurrences] of names) {
    for (const one of occurrences) edges.push({ ...one, from, reach: resolve(from, one, index) });
  }
  return edges;
}
