import type * as z from 'zod';
import type { Finding } from '#core/finding';
import type { readSchema } from '../action.ts';
import type { FileEdits } from '../text/file-edits.ts';
import type { Part } from '../tree/part-of.ts';
import type { PlannedTool } from './tools-for.ts';
import type { Hop } from './upgrade-path.ts';

/** What a recipe makes of the tree, as it was tried when the plan was made. */
export type RecipePreview = {
  readonly recipe: string;
  readonly summary: string;
  readonly risk: 'low' | 'medium' | 'high';
  readonly params: Readonly<Record<string, string>>;
  /** The parts of the tree that it is about; other parts have a preview of their own. */
  readonly parts: readonly Part[];
  readonly files: readonly { readonly path: string; readonly before: string; readonly after: string }[];
  readonly diff: string;
  /** What it leaves to a person. */
  readonly open: readonly Finding[];
};

/** What there is to read before a hop: documents with the lines that speak of a break, and packages that say nothing. */
export type HopReading = Pick<z.infer<typeof readSchema>, 'documents' | 'unread'>;

/** A hop with all that was found out about it. */
export type StudiedHop = {
  readonly hop: Hop;
  /** What breaks, each at a use of the tree; what an edit or a recipe takes care of says so. */
  readonly breaks: readonly Finding[];
  /** What the packages say of their own changes. */
  readonly reading: HopReading;
  /** What changes in the packages as such. */
  readonly facts: readonly Finding[];
  /** Edits that the difference of the API alone makes certain. */
  readonly edits: readonly FileEdits[];
  readonly recipes: readonly RecipePreview[];
  readonly tools: readonly PlannedTool[];
  /** Where old and new stand side by side first: the variable that chooses, and what makes and what ends it. */
  readonly flag?: FlaggedHop | undefined;
};

/** How a hop is made behind a flag. */
export type FlaggedHop = {
  readonly variable: string;
  readonly begin: RecipePreview;
  readonly end: RecipePreview;
};
