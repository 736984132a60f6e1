import { lstat, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { SandboxRequest } from './sandbox.ts';
import { isSecretPath } from './secret-files.ts';

type Covered = SandboxRequest['covered'];

const entriesMax = 300_000;
const coveredMax = 2_000;

/**
 * What holds credentials in a tree, ignored files too: nobody who runs in it may read them, however they are reached. Packages in
 * node_modules are those of others, and not looked at. `too-many` where the tree is too large to be sure.
 */
export async function coveredPaths(root: string, signal: AbortSignal): Promise<Covered | 'too-many'> {
  const found: { readonly path: string; readonly kind: 'file' | 'folder' }[] = [];
  const queue = [''];
  let seen = 0;
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    signal.throwIfAborted();
    for (const entry of await entriesOf(join(root, folder))) {
      seen += 1;
      if (seen > entriesMax || found.length > coveredMax) return 'too-many';
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (isSecretPath(entry.name)) found.push(...(await realPlace(root, path)));
      else if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git') queue.push(path);
    }
  }
  return found;
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    // Closed to this user, and so to whoever runs as this user; or gone.
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
}

/** A link is covered where it leads to, in the tree; outside of it there is nothing to be seen. */
async function realPlace(root: string, path: string): Promise<Covered> {
  const real = await realpath(join(root, path)).catch(() => undefined);
  const place = real === undefined || !real.startsWith(`${root}/`) ? undefined : await lstat(real);
  if (real === undefined || place === undefined) return [];
  return [{ path: real, kind: place.isDirectory() ? 'folder' : 'file' }];
}
