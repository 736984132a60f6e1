import { imageVariableNames } from './image/image-variables.ts';
import type { Found, ImageArguments } from './version-place.ts';
import { nodeImageVariables } from './version-places/image-variable.ts';
import { versionPlaces } from './version-places/index.ts';

/** A Node version in a file, and the kind of place that it is. */
export type FoundVersion = Found & { readonly kind: string };

/** True for a file in which a Node version may be named. Pure. */
export function mayNameNode(path: string): boolean {
  return versionPlaces.some(({ isIn }) => isIn(path));
}

/** Every Node version that a file names, once: where two kinds see the same, the first of the shelf has it. Pure. */
export function findVersions(path: string, text: string, told?: ImageArguments): readonly FoundVersion[] {
  const all: FoundVersion[] = [];
  for (const place of versionPlaces) {
    if (!place.isIn(path)) continue;
    const found = place.find(text, told).filter((one) => !all.some((other) => overlap(one, other)));
    all.push(...found.map((one) => ({ ...one, kind: place.id })));
  }
  return all;
}

function overlap(one: Found, other: Found): boolean {
  return one.offset < other.offset + other.value.length && other.offset < one.offset + one.value.length;
}

/** What the Dockerfiles of a tree say of their arguments. One that two of them use for different things is shared. Pure. */
export function imageArguments(dockerfiles: readonly string[]): ImageArguments {
  const only = new Set<string>();
  const shared = new Set<string>();
  const names = dockerfiles.map((text) => imageVariableNames(text, nodeImageVariables));
  for (const found of names) {
    for (const name of found.only) only.add(name);
    for (const name of found.shared) shared.add(name);
  }
  dockerfiles.forEach((text, at) => {
    for (const [, name = ''] of text.matchAll(/^[ \t]*ARG[ \t]+(\w+)/gim))
      if (names[at]?.only.includes(name) !== true && only.has(name)) shared.add(name);
  });
  for (const name of shared) only.delete(name);
  return { only, shared };
}
