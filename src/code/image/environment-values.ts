import { baseName, findAll } from '../text/search-text.ts';
import type { Found, ImageArguments } from '../version-place.ts';

/** True for files of settings that Compose and make read, and for examples of them. Pure. */
export function isEnvironmentFile(path: string): boolean {
  return /^\.env(\.[\w.-]+)?$/.test(baseName(path));
}

type Search = { readonly number: string; readonly known: RegExp };

/**
 * Versions in a file of settings: of a variable from which a file that is seen takes the version of an image, and of one that
 * means it by its name, which stays where nothing is seen to take it. Pure.
 */
export function environmentValues(
  text: string,
  told: ImageArguments | undefined,
  { number, known }: Search,
): readonly Found[] {
  const lines = findAll(text, new RegExp(`^[ \\t]*(?:export[ \\t]+)?\\w+=["']?${number}`, 'dgm'));
  return lines.flatMap((found) => {
    const name = /(\w+)=["']?$/.exec(text.slice(0, found.offset))?.[1] ?? '';
    if (told?.taken.has(name) === true) return [found];
    return known.test(name) ? [{ ...found, stays: 'nothing that is seen here takes it for an image' }] : [];
  });
}
