import { z } from 'zod';

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
export const startSchema = z.object({ kind: z.literal('code/start'), branch: z.string() });
/** Back to where the work began: branch, untracked files. */
export const returnSchema = z.object({ kind: z.literal('code/return'), branch: z.string() });

/** Writes edits that are known beforehand, and commits them. */
export const editsSchema = z.object({
  kind: z.literal('code/edits'),
  branch: z.string(),
  message: z.string(),
  files: z.array(fileEditsSchema).readonly(),
});
/** Commits what people changed by hand since the last step. */
export const handEditsSchema = z.object({
  kind: z.literal('code/hand-edits'),
  branch: z.string(),
  message: z.string(),
});
/** Takes the commit of the step back; installs what the lock file says, where the step had changed it. */
export const undoSchema = z.object({ kind: z.literal('code/undo'), branch: z.string(), reinstall: z.boolean() });
/** Checks that the step is committed and that nothing is left uncommitted. */
export const committedSchema = z.object({ kind: z.literal('code/committed'), branch: z.string() });
