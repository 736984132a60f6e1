import type ts from 'typescript';
import type { NamedChange, NamePlace, ReadNames } from '#core/named-change';
import type { NestedEdit } from '#core/nested-edit';

/** A file that is looked at. */
export type UseFile = {
  /** From the top of the repository, with slashes. */
  readonly path: string;
  readonly text: string;
  /** Its syntax tree, where it is JavaScript or TypeScript; parsed when first asked for. */
  tree(): ts.SourceFile | undefined;
};

/** All that finders look at. */
export type UseTree = {
  readonly changes: readonly NamedChange[];
  readonly files: readonly UseFile[];
  readonly readNames: ReadNames;
  /** Is a package of this name declared by any package.json of the tree? */
  declares(name: string): boolean;
  readonly signal: AbortSignal;
};

/** A place in the code that uses what a plan changes, with what would stand there instead. */
export type CodeUse = {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  /** Index into the changes. */
  readonly change: number;
  /** The finder, and what it found: `sql`, `prisma/field`. */
  readonly kind: string;
  readonly role: NamePlace['role'] | 'mapping';
  /** Why it is not certain; undefined where it is. */
  readonly doubt: string | undefined;
  readonly first: readonly NestedEdit[];
  readonly final: readonly NestedEdit[];
};

/** The same edit for both versions. */
export function bothVersions(edits: readonly NestedEdit[]): Pick<CodeUse, 'first' | 'final'> {
  return { first: edits, final: edits };
}

/** One text in place of another. */
export function replacing(start: number, end: number, text: string): NestedEdit {
  return { start, end, parts: [text] };
}

/** The new name of what changes; undefined where it has none. */
export function newNameOf(change: NamedChange | undefined): string | undefined {
  return change !== undefined && 'to' in change ? change.to : undefined;
}
