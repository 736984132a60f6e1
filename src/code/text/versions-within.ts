import type { Found } from '../version-place.ts';
import { findAll } from './search-text.ts';

const quoted = /(?<=["'])(3\.\d{1,2}(?:\.\d+)?)(?=["'])/dg;

/** Versions in quotes within what the first groups of patterns match, each once, in the order of the text. */
export function versionsWithin(text: string, patterns: readonly RegExp[], version: RegExp = quoted): readonly Found[] {
  const found = patterns
    .flatMap((pattern) => findAll(text, pattern))
    .flatMap((list) =>
      findAll(list.value, version).map(({ value, offset }) => ({ value, offset: list.offset + offset })),
    );
  const byOffset = new Map(found.map((one) => [one.offset, one]));
  return [...byOffset.values()].sort((one, other) => one.offset - other.offset);
}
