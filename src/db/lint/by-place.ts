import type { Finding } from '#core/finding';

/** Order of findings of one file: by line, then by column. */
export function byPlace(one: Finding, other: Finding): number {
  return (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0);
}
