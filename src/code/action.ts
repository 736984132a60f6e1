import { z } from 'zod';
import { hopSchema } from './upgrade/upgrade-path.ts';

/** A text that takes the place of another: offset in UTF-16 code units of the file's text, its byte order mark included. */
export const textEditSchema = z.object({
  offset: z.int().min(0),
  length: z.int().min(0),
  before: z.string(),
  text: z.string(),
});
export type TextEdit = Readonly<z.infer<typeof textEditSchema>>;

/** The edits of one file, in the order of their places; they do not overlap. */
export const fileEditsSchema = z.object({ path: z.string(), edits: z.array(textEditSchema).readonly() });
export type FileEdits = Readonly<z.infer<typeof fileEditsSchema>>;

/** Puts the work on a branch of its own, and keeps what git does not track. */
export const startSchema = z.object({ kind: z.literal('code/start') });
/** Back to where the work began: branch, untracked files. */
export const returnSchema = z.object({ kind: z.literal('code/return') });

/** Writes edits that are known beforehand, and commits them. */
export const editsSchema = z.object({
  kind: z.literal('code/edits'),
  message: z.string(),
  files: z.array(fileEditsSchema).readonly(),
});
/** Sets the versions of a hop in every file that declares them, installs, and commits both with the lock file. */
export const versionsSchema = z.object({
  kind: z.literal('code/versions'),
  message: z.string(),
  changes: hopSchema.shape.changes,
  overrides: hopSchema.shape.overrides,
});
/** Runs a recipe over the tracked files, and commits what it writes. */
export const recipeSchema = z.object({
  kind: z.literal('code/recipe'),
  message: z.string(),
  recipe: z.string(),
  params: z.record(z.string(), z.string()),
  /** What it made of the tree when the plan was made: SHA-256 of each file's text before and after. */
  files: z.array(z.object({ path: z.string(), before: z.string(), after: z.string() })).readonly(),
  /** The same as a unified diff, for reading; cut where it is long. */
  diff: z.string(),
});
/** Installs what the lock file says where node_modules does not hold it, and measures the tree as it is before. */
export const baselineSchema = z.object({ kind: z.literal('code/baseline') });
/** Measures the tree and compares it with the baseline of the run. */
export const gateSchema = z.object({ kind: z.literal('code/gate') });
/** Looks for uses of API that the packages which moved mark as deprecated. */
export const deprecationsSchema = z.object({
  kind: z.literal('code/deprecations'),
  packages: z.array(z.string()).readonly(),
});
/** Commits what people changed by hand since the last step. */
export const handEditsSchema = z.object({
  kind: z.literal('code/hand-edits'),
  message: z.string(),
});
/** Takes the commit of the step back; installs what the lock file says, where the step had changed it. */
export const undoSchema = z.object({ kind: z.literal('code/undo'), reinstall: z.boolean() });
/** Checks that the step is committed and that nothing is left uncommitted. */
export const committedSchema = z.object({ kind: z.literal('code/committed') });
