import type ts from 'typescript';
import type { NamedChange, NamePlace, ReadNames } from '#core/named-change';
import type { NestedEdit } from '#core/nested-edit';
import type { Flow } from './flows/flow.ts';
import type { Constants } from './modules/constants.ts';
import type { NamesInTree } from './modules/names-in-tree.ts';

/** A file that is looked at. */
export type UseFile = {
  /** From the top of the repository, with slashes. */
  readonly path: string;
  readonly text: string;
  /** Its syntax tree, where it is JavaScript or TypeScript; parsed when first asked for. */
  tree(): ts.SourceFile | undefined;
  /** What its names mean, where it has a syntax tree. */
  names(): NamesInTree | undefined;
};

/** All that finders look at. */
export type UseTree = {
  readonly changes: readonly NamedChange[];
  readonly files: readonly UseFile[];
  readonly readNames: ReadNames;
  /** What names mean, across files where imports are static. */
  readonly names: NamesInTree;
  /** Texts that stand under a name, in whichever file. */
  readonly constants: Constants;
  /** Does the code import this package, or any package.json of the repository declare it? */
  usesPackage(name: string): boolean;
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
  /** How a row came here, or what is written goes from here, and the name that the column has in it. */
  readonly flow?: Flow & { readonly name: string };
  /** Of a certain use: why no edit is proposed although there is a new name. */
  readonly unedited?: NamePlace['unedited'] | undefined;
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
