import type { LiveFacts } from '../live-facts.ts';

/**
 * What a server reads or writes in a second while it also serves others; the measure of all estimates. Disks do more by
 * themselves: an estimate says how long it takes at least where they are shared.
 */
export const bytesPerSecond = 100_000_000;

/** A table that takes longer than a second to read: users notice a second in which nothing is answered. */
export const largeBytes = bytesPerSecond;

/** Bytes of tables together, with indexes and TOAST; tables of which the server said nothing count as none. */
export function bytesOf(tables: readonly string[], live: LiveFacts): number {
  return sum([...new Set(tables)].map((table) => live.tables.get(table)?.bytes ?? 0));
}

/** The same without indexes: what is read when every row is. */
export function heapBytesOf(tables: readonly string[], live: LiveFacts): number {
  return bytesOf(tables, live) - sum([...new Set(tables)].map((table) => live.tables.get(table)?.indexBytes ?? 0));
}

/** `3.2 GB`, `640 MB`, in powers of ten. */
export function bytesInWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  return `${value < 10 && power > 0 ? Math.round(value * 10) / 10 : Math.round(value)} ${units[power]}`;
}

/** `40 seconds`, `3 minutes`, `2 hours`. */
export function secondsInWords(seconds: number): string {
  const [value, unit] =
    seconds < 120 ? [seconds, 'second'] : seconds < 7_200 ? [seconds / 60, 'minute'] : [seconds / 3_600, 'hour'];
  const rounded = Math.max(1, Math.round(value));
  return `${rounded} ${unit}${rounded === 1 ? '' : 's'}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
