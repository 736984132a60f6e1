import type { LockMode } from '../lock-mode.ts';

/** What a statement does to relations that were there before it, as the server's own source and measurements have it. */
export type Effects = {
  readonly locks: readonly Lock[];
  /** Tables whose file is written anew, by `schema.name`. */
  readonly rewrites: readonly string[];
  /** Tables every row of which is read while the lock is held. */
  readonly scans: readonly string[];
  /** Tables of which the planner decides how much is read: those that a foreign key refers to. */
  readonly lookups: readonly string[];
  /** Tables on which an index is built. */
  readonly builds: readonly string[];
  /** SQLSTATE with which it fails for certain on a table with rows. */
  readonly fails: string | undefined;
};

export type Lock = {
  /** `schema.name` */
  readonly relation: string;
  readonly kind: 'table' | 'index' | 'sequence';
  readonly mode: LockMode;
};

export const noEffects: Effects = { locks: [], rewrites: [], scans: [], lookups: [], builds: [], fails: undefined };

/** Effects that have only some parts. */
export function effects(parts: Partial<Effects>): Effects {
  return { ...noEffects, ...parts };
}

/** A lock of one mode on each of the tables. */
export function locksOn(relations: readonly string[], mode: LockMode): readonly Lock[] {
  return relations.map((relation) => ({ relation, kind: 'table', mode }));
}

/** Several effects of one statement as one. */
export function together(all: readonly Effects[]): Effects {
  return {
    locks: all.flatMap(({ locks }) => locks),
    rewrites: [...new Set(all.flatMap(({ rewrites }) => rewrites))],
    scans: [...new Set(all.flatMap(({ scans }) => scans))],
    lookups: [...new Set(all.flatMap(({ lookups }) => lookups))],
    builds: [...new Set(all.flatMap(({ builds }) => builds))],
    fails: all.find(({ fails }) => fails !== undefined)?.fails,
  };
}
