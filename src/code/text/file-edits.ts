import * as z from 'zod';

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
