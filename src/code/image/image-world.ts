import { joined, relativeFrom } from '../tree/tree-path.ts';
import { type Both, below, fromContext, placeOf, type Stage } from './stage.ts';

/** What moves of the tree of which an image is built. Paths are from the root of the tree. */
export type ImageWorld = {
  /** The folder from which the image is built. */
  readonly context: Both;
  readonly paths: readonly string[];
  /** Files that move, with their new places. */
  readonly moves: ReadonlyMap<string, string>;
  isTracked(path: string): boolean;
  /** True too for what a build may make in a folder that goes. */
  isThere(path: string): boolean;
  after(path: string): string;
};

/** A place of a Dockerfile with what is to stand there, or the reason why nothing can be said of it. */
export type ImagePlace = { readonly offset: number; readonly length: number } & (
  | { readonly text: string }
  | { readonly why: string }
);

/** Where the places of a stage are those of the tree, below which folder, and which path says so. */
export type Mirror = { readonly root: string; readonly source: string };

export type Walk = {
  readonly world: ImageWorld;
  readonly stages: Stage[];
  readonly found: ImagePlace[];
  readonly mirrors: Map<Stage, Mirror[]>;
  /** Those of the stages of a walk before this one, in their order. */
  readonly known: readonly (readonly Mirror[])[];
};

/** A path of an image as it is written, from its root; one that begins with a variable stands below that. */
export function imagePath(folder: string, word: string): string | undefined {
  const variable = /^\$(?:\{(\w+)\}|(\w+))(?=\/|$)/.exec(word);
  const plain = variable === null ? word : `/{${variable[1] ?? variable[2]}}${word.slice(variable[0].length)}`;
  if (plain.includes('$')) return undefined;
  const path = plain.startsWith('/') ? joined('.', plain) : joined(folder, plain);
  return path.startsWith('..') ? undefined : path;
}

/** A path of an image in the form of the word that stood for it. */
export function imageWord(word: string, folder: string, path: string): string {
  const end = word.endsWith('/') && path !== '.' ? '/' : '';
  const variable = /^\$(?:\{(\w+)\}|(\w+))(?=\/|$)/.exec(word);
  const root = variable === null ? undefined : `{${variable[1] ?? variable[2]}}`;
  const rest = root === undefined ? undefined : below(root, path);
  if (rest !== undefined) return `${variable?.[0] ?? ''}${rest === '.' ? '' : `/${rest}`}${end}`;
  if (word.startsWith('/') || variable !== null) return `/${path === '.' ? '' : path}${end}`;
  const way = relativeFrom(folder, path);
  return `${word.startsWith('./') ? way : way.replace(/^\.\//, '')}${end}`;
}

/** What a word of an image names after the moves. */
type Named = { readonly kind: 'place'; readonly path: string } | { readonly kind: 'open'; readonly why: string };

/** Undefined where it has nothing to do with what moves. */
export function namedIn(stage: Stage, path: string, world: ImageWorld): Named | undefined {
  const { isThere, after, paths } = world;
  const from = fromContext(stage, path, world);
  if (from === undefined) {
    const parts = path.split('/');
    const like = parts
      .map((_, at) => parts.slice(at).join('/'))
      .find((end) => end.includes('/') && isThere(end) && after(end) !== end);
    return like === undefined
      ? undefined
      : { kind: 'open', why: `it looks like ${like}, which moves, and no line before it says what stands there` };
  }
  const goes = after(from.path);
  const place = placeOf(stage, goes, from.by);
  if (place !== undefined) return { kind: 'place', path: place };
  if (goes === from.path && paths.includes(goes)) return undefined;
  return { kind: 'open', why: `it is ${from.path}, which moves to ${goes}, and no line takes that into the image` };
}
