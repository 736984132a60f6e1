import type { Listing } from '../../history.ts';
import { below } from './paths.ts';
import { placesAbove } from './places-above.ts';

/**
 * The range of versions that the nearest package.json at or above a folder declares for a package, such as `^7.4.0`.
 * Undefined where none does: a file that is not JSON declares nothing.
 */
export function declaredVersion(listing: Listing, folder: string, name: string): string | undefined {
  for (const place of placesAbove(folder)) {
    const text = listing.read(below(place, 'package.json'));
    const declared = text === undefined ? undefined : versionIn(text, name);
    if (declared !== undefined) return declared;
  }
  return undefined;
}

/** Is the lowest version that a range allows at least this one? Tags such as `latest` say nothing. */
export function isAtLeast(range: string, major: number, minor: number): boolean {
  const found = /(\d+)(?:\.(\d+))?/.exec(range);
  const [lowest, then] = [Number(found?.[1] ?? -1), Number(found?.[2] ?? 0)];
  return lowest > major || (lowest === major && then >= minor);
}

function versionIn(manifest: string, name: string): string | undefined {
  const entry = new RegExp(`"${name}"\\s*:\\s*"([^"]*)"`).exec(manifest);
  return entry?.[1];
}
