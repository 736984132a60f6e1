import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** A working tree of its own in a temporary folder. */
export type TestTree = { readonly root: string; remove(): Promise<void> };

/** Makes a tree: the files of a folder of test/trees, where one is named, and the given ones over them. */
export async function makeTree(
  files: Readonly<Record<string, string | Uint8Array>>,
  from?: 'npm' | 'pnpm' | 'yarn-classic' | 'yarn-berry' | 'bun',
): Promise<TestTree> {
  const root = await mkdtemp(join(tmpdir(), 'godwit-tree-'));
  if (from !== undefined) await cp(resolve(import.meta.dirname, '../trees', from), root, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}
