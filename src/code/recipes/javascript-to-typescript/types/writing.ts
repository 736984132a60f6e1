import type { EditList } from '../../../engine/edit-list.ts';
import type ts from '../../../typescript.cts';
import type { TypedFile } from './type-text.ts';

/** The one signature of a type, as the compiler reads it from the comment of a function. */
export type Signed = {
  readonly hasTypeParameters: boolean;
  readonly hasThis: boolean;
  readonly parameters: readonly SignedParameter[];
};
export type SignedParameter = { readonly name: string; readonly isOptional: boolean; readonly isRest: boolean };

/** What is written into a file, and the tags that are translated with it. */
export type Writing = TypedFile & {
  readonly edits: EditList;
  readonly spent: Set<ts.JSDocTag>;
  /** Why a comment cannot be said in TypeScript without a change of the code. */
  block(node: ts.Node, why: string): void;
  /** What the compiler makes of the type of a function as a whole. */
  signed(node: ts.SignatureDeclaration): Signed | undefined;
  readonly isJsx: boolean;
  /** What statements of the file end with: `;` or nothing. */
  readonly end: string;
};
