import { rename, rm, writeFile } from 'node:fs/promises';

/**
 * Writes a file whole or not at all: a draft beside it takes its place. Where the draft or the file is a symbolic link, the
 * link goes, and what it leads to is left as it is.
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.new`;
  await rm(draft, { force: true });
  await writeFile(draft, text, { flag: 'wx', flush: true });
  await rename(draft, file);
}
