import type { FileEdits } from '../text/file-edits.ts';

/** Why a name cannot be given: something would mean another thing than before. */
export type RenameObstacle = { readonly file: string; readonly line: number; readonly why: string };

/** Old and new name of each wish, and where the symbol's declarations begin, as `file:offset`. */
export type RenamedSymbol = { readonly from: string; readonly to: string; readonly declared: ReadonlySet<string> };

export type RenameProof = {
  readonly root: string;
  readonly texts: ReadonlyMap<string, string>;
  readonly edits: ReadonlyMap<string, FileEdits>;
  /** Texts of the edited files as they will be. */
  readonly changed: ReadonlyMap<string, string>;
  readonly symbols: readonly RenamedSymbol[];
  /** The new name of each property, variable and type whose name stands at a `file:offset`. */
  readonly named: ReadonlyMap<string, string>;
  readonly keepsOldName: boolean;
  readonly signal: AbortSignal;
};
