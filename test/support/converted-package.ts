import { readFile, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { memoryTree } from '../../src/code/engine/memory-tree.ts';
import { runRecipe } from '../../src/code/engine/run-recipe.ts';
import { javascriptToTypescript } from '../../src/code/recipes/javascript-to-typescript/recipe.ts';
import { makeTree } from './tree.ts';

type Texts = Readonly<Record<string, string>>;

/** A package after the recipe javascript-to-typescript, with what was said; what is installed is what is installed here. */
export async function convertedPackage(files: Texts, params: Texts = {}) {
  const installed = async (path: string) =>
    path.startsWith('node_modules/') ? readFile(resolve(path), 'utf8').catch(() => undefined) : undefined;
  const { changes, unresolved, faults } = await runRecipe(
    javascriptToTypescript,
    { ...memoryTree(files), installed },
    { params, signal: new AbortController().signal },
  );
  const after = new Map(Object.entries(files));
  for (const { path, after: text } of changes) {
    if (text === undefined) after.delete(path);
    else after.set(path, text);
  }
  return { after: Object.fromEntries(after), unresolved, faults };
}

/** Does something in a real folder with these files, and with what is installed here. */
export async function inPackage<Done>(files: Texts, work: (root: string) => Promise<Done>): Promise<Done> {
  const { root, remove } = await makeTree(files);
  try {
    await symlink(resolve('node_modules'), join(root, 'node_modules'), 'dir');
    return await work(root);
  } finally {
    await remove();
  }
}
