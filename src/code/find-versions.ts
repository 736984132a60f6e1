import type { Found, ImageArguments } from './version-place.ts';
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
