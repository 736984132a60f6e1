import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileChange } from '#code/text/file-change';
import { fail } from '#core/error';

/**
 * Writes changes into a tree, all or none: every file must still be as it was read, else `drift` is thrown and nothing is
 * written.
 */
export async function writeChanges(root: string, changes: readonly FileChange[]): Promise<void> {
  for (const { path, before } of changes) {
    const now = await textAt(join(root, path));
    if (now !== before) throw moved(path);
  }
  for (const { path, after } of changes) {
    const full = join(root, path);
    if (after === undefined) {
      await rm(full);
      continue;
    }
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, after);
  }
}

async function textAt(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function moved(path: string): Error {
  return fail('drift', {
    what: 'Nothing was written.',
    why: `${path} was changed while the recipe ran.`,
    next: 'Call the same command again.',
  });
}
