import { unmatched } from '../gate/unmatched.ts';
import type { BadImport } from './bad-import.ts';

type Sources = { readonly before: readonly string[]; readonly after: readonly string[] };

/**
 * Imports against the rules that were not there before. One that goes to or comes from a module that is new may stand for
 * one that has gone at its other end: a module was renamed, or split. Pure.
 */
export function newImports(
  before: readonly BadImport[],
  after: readonly BadImport[],
  sources: Sources,
): readonly BadImport[] {
  const was = new Set(sources.before);
  const is = new Set(sources.after);
  const isMoving = (path: string): boolean => !was.has(path) || !is.has(path);
  return unmatched(before, after, [
    ({ kind, file, to }) => JSON.stringify([kind, file, to]),
    ({ kind, file, to }) => (isMoving(to) ? JSON.stringify([kind, file]) : undefined),
    ({ kind, file, to }) => (isMoving(file) ? JSON.stringify([kind, to]) : undefined),
  ]).after;
}
