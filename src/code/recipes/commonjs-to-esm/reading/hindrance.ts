import type * as TypeScript from 'typescript';

/** Something at a place of a file that cannot be turned into an ES module, with the reason. */
export type Hindrance = { readonly node: TypeScript.Node; readonly why: string };
