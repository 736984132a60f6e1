import { join } from 'node:path';
import { opendir, readdir } from 'node:fs/promises';

export async function files(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for await (const one of await opendir(folder)) console.log(one.parentPath);
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

export const named = (entry: { path: string }): string => entry.path;
