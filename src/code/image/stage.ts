import { joined } from '../tree/tree-path.ts';
import type { Word } from './read-dockerfile.ts';

/** A path before the moves and after them. */
export type Both = { readonly before: string; readonly after: string };

/** Something that an instruction puts into a stage: from the context of the build, or from another stage. */
export type Copied = { readonly stage?: Stage; readonly word?: Word; readonly source: Both; readonly place: Both };

/** One stage of a build. Its paths are from the root of the image, without a slash before them. */
export type Stage = { readonly name: string; folder: Both; readonly copied: Copied[] };

/** The path below another one, `.` for the path itself; undefined for one that is elsewhere. Pure. */
export function below(folder: string, path: string): string | undefined {
  if (folder === '.' || folder === path) return folder === path ? '.' : path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

/** A path of the context, with what brought it into the stage. */
export type FromContext = { readonly path: string; readonly by: Copied };

/** What can be taken from the context: what git tracks, and what a build may make beside it. */
export type Context = { isTracked(path: string): boolean; isThere(path: string): boolean };

/** The path in the context from which a path of the stage comes, where the lines of the Dockerfile say so: a tracked one first. Pure. */
export function fromContext(stage: Stage, path: string, { isTracked, isThere }: Context): FromContext | undefined {
  return comingFrom(stage, path, isTracked) ?? comingFrom(stage, path, isThere);
}

function comingFrom({ copied }: Stage, path: string, isThere: (path: string) => boolean): FromContext | undefined {
  for (const by of [...copied].reverse()) {
    const rest = below(by.place.before, path);
    if (rest === undefined) continue;
    const from = joined(by.source.before, rest);
    const found = by.stage === undefined ? from : comingFrom(by.stage, from, isThere)?.path;
    if (found !== undefined && isThere(found)) return { path: found, by };
  }
  return undefined;
}

/** Where a path of the context, as it is after the moves, comes to stand in the stage; by what brought it there before, if that still does. Pure. */
export function placeOf({ copied }: Stage, path: string, by?: Copied): string | undefined {
  for (const { stage, source, place } of [...(by === undefined ? [] : [by]), ...[...copied].reverse()]) {
    const from = stage === undefined ? path : placeOf(stage, path);
    const rest = from === undefined ? undefined : below(source.after, from);
    if (rest !== undefined) return joined(place.after, rest);
  }
  return undefined;
}
