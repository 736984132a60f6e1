import { posix } from 'node:path';
import type { Listing } from '../../history.ts';

export const { basename, dirname } = posix;

/** A path below a folder; `.` is the top. */
export function below(folder: string, ...names: readonly string[]): string {
  return posix.join(folder, ...names);
}

/** Is a path in a folder, however deep? */
export function isInside(path: string, folder: string): boolean {
  return folder === '.' ? !path.startsWith('../') : path.startsWith(`${folder}/`);
}

/** The files that stand in a folder itself, not in folders of it. */
export function filesIn({ paths }: Listing, folder: string): readonly string[] {
  return paths.filter((path) => dirname(path) === folder);
}

/** Every folder once, in order. */
export function distinct(folders: readonly string[]): readonly string[] {
  return [...new Set(folders)].sort(compareText);
}

/** By code units, as tools that sort names by bytes do. */
export function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Whole numbers of any length, as digits. */
export function compareDigits(one: string, other: string): number {
  const [short, long] = [one.replace(/^0+(?=\d)/, ''), other.replace(/^0+(?=\d)/, '')];
  return short.length - long.length || compareText(short, long);
}

/** Numbers within names count as numbers, so that `2_b.sql` stands before `10_a.sql`. */
export function compareNatural(one: string, other: string): number {
  const [left, right] = [one, other].map((text) => text.match(/\d+|\D+/g) ?? []);
  for (const [index, piece] of (left ?? []).entries()) {
    const against = right?.[index];
    if (against === undefined) return 1;
    const areNumbers = /^\d/.test(piece) && /^\d/.test(against);
    const order = areNumbers ? compareDigits(piece, against) : compareText(piece, against);
    if (order !== 0) return order;
  }
  return (left?.length ?? 0) - (right?.length ?? 0) || compareText(one, other);
}
