import { folderPath } from '../text/search-text.ts';
import type { ImagePlace, ImageWorld, Walk } from './image-world.ts';
import { below, placeOf } from './stage.ts';
import { walkDockerfile } from './walk-dockerfile.ts';

/** What becomes of a Dockerfile where paths of its tree move. */
export type ImageChanges = {
  readonly edits: readonly { readonly offset: number; readonly length: number; readonly text: string }[];
  /** Words that are left, since the lines do not prove what they name. */
  readonly open: readonly { readonly offset: number; readonly length: number; readonly why: string }[];
};

type Tree = Omit<ImageWorld, 'context'>;

/**
 * Edits of a Dockerfile. Which folder it is built from is not written in it: that of the file or the root, by which of them holds
 * what it copies; where both do and it matters, nothing is edited. Pure.
 */
export function imageChanges(path: string, text: string, tree: Tree): ImageChanges {
  const contexts = [...new Set([folderPath(path), '.'])].map((context) => changesFrom(text, context, tree));
  const most = Math.max(...contexts.map(({ held }) => held));
  const [first, ...others] = contexts.filter(({ held }) => held === most).map(({ changes }) => changes);
  if (first === undefined) return { edits: [], open: [] };
  const isOne = others.every((other) => JSON.stringify(other) === JSON.stringify(first));
  if (isOne) return first;
  const places = [first, ...others].flatMap(({ edits, open }) => [...edits, ...open]);
  const apart = new Map(places.map(({ offset, length }) => [offset, { offset, length }]));
  return {
    edits: [],
    open: [...apart.values()].map((one) => ({
      ...one,
      why: `it depends on the folder from which the image is built, ${folderPath(path)} or the root, which the file does not say`,
    })),
  };
}

function changesFrom(text: string, context: string, tree: Tree) {
  const world = { ...tree, context: { before: context, after: tree.after(context) } };
  const still = walkDockerfile(text, { ...world, context: { before: context, after: context }, after: (path) => path });
  const known = still.stages.map((stage) => still.mirrors.get(stage) ?? []);
  const walk = walkDockerfile(text, world, known);
  const found = [...walk.found, ...lost(walk)].sort((one, other) => one.offset - other.offset);
  const sources = still.stages.flatMap(({ copied }) => copied).filter(({ stage }) => stage === undefined);
  return {
    held: sources.filter(({ source }) => tree.isThere(source.before)).length,
    changes: {
      edits: found.flatMap((one) => ('text' in one ? [one] : [])),
      open: found.flatMap((one) => ('why' in one ? [one] : [])),
    },
  };
}

/** Folders that bring a file into the image, and no longer do where it goes. */
function lost({ stages, world }: Walk): readonly ImagePlace[] {
  const found = new Map<number, ImagePlace>();
  for (const stage of stages) {
    for (const { stage: from, word, source } of stage.copied) {
      if (from !== undefined || word === undefined || source.before !== source.after) continue;
      const move = [...world.moves].find(
        ([path, to]) => below(source.before, path) !== undefined && placeOf(stage, to) === undefined,
      );
      if (move === undefined) continue;
      found.set(word.offset, {
        offset: word.offset,
        length: word.text.length,
        why: `${move[0]} comes into the image by it, and ${move[1]} does not`,
      });
    }
  }
  return [...found.values()];
}
