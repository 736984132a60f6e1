import type ts from 'typescript';
import type { NamedChange, NamePlace, ReadNames } from '#core/named-change';
import type { NestedEdit } from '#core/nested-edit';
import type { NamesInFile } from './names-in-file.ts';

/** A file that is looked at. */
export type UseFile = {
  /** From the top of the repository, with slashes. */
  readonly path: string;
  readonly text: string;
  /** Its syntax tree, where it is JavaScript or TypeScript; parsed when first asked for. */
  tree(): ts.SourceFile | undefined;
  /** What its names mean, where it has a syntax tree. */
  names(): NamesInFile | undefined;
};

/** All that finders look at. */
export type UseTree = {
  readonly changes: readonly NamedChange[];
  readonly files: readonly UseFile[];
  readonly readNames: ReadNames;
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

/** The way of a value through a file. */
export type Flow = {
  /** Parameters, functions and variables on the way, where other values may come or go too. */
  readonly meetings: readonly Meeting[];
  /** The types that are written for it. */
  readonly types: readonly ts.TypeNode[];
};

export type Meeting = {
  readonly at: ts.Node;
  /** By which of its ways this value went. */
  readonly by: ts.Node;
  /** All the ways of it; undefined where they are not all seen. */
  readonly all: readonly ts.Node[] | undefined;
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
