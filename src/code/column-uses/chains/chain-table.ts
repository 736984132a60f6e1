import type ts from 'typescript';
import type { Constant } from '../modules/constants.ts';

/** `users as u` in its literal. */
export type ChainTable = {
  readonly literal: ts.StringLiteralLike;
  readonly name: string;
  readonly alias: string | undefined;
  /** Does it stand in a text of SQL, which is read by itself? */
  readonly isRaw: boolean;
  /** The constants by whose names it came here. */
  readonly through: readonly Constant[];
};
