import type ts from 'typescript';

/** `users as u` in its literal. */
export type ChainTable = {
  readonly literal: ts.StringLiteralLike;
  readonly name: string;
  readonly alias: string | undefined;
  /** Does it stand in a text of SQL, which is read by itself? */
  readonly isRaw: boolean;
};
