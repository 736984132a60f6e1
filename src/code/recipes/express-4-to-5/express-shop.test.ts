import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { memoryTree } from '../../engine/memory-tree.ts';
import { runRecipe } from '../../engine/run-recipe.ts';
import { express4To5 } from './recipe.ts';

const shop = join(import.meta.dirname, '../../../../examples/express-shop');
const options = { params: {}, signal: new AbortController().signal };

function filesOf(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const own = entries.filter((entry) => entry.isFile() && !/[\\/](node_modules|dist)([\\/]|$)/.test(entry.parentPath));
  return Object.fromEntries(
    own.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')];
    }),
  );
}

it('leaves a person little to do in the shop, and nothing for a second run', async () => {
  const before = filesOf(shop);
  const run = await runRecipe(express4To5, memoryTree(before), options);
  expect(run.faults).toEqual([]);
  expect(run.unresolved.map(({ file, rule }) => `${file} ${rule}`)).toEqual([
    'src/routes/downloads.ts recipe/express-4-to-5/dotfiles',
    'src/routes/downloads.ts recipe/express-4-to-5/dotfiles',
    'src/routes/orders.ts recipe/express-4-to-5/companions',
  ]);
  const after = { ...before, ...Object.fromEntries(run.changes.map((change) => [change.path, change.after ?? ''])) };
  const again = await runRecipe(express4To5, memoryTree(after), options);
  expect(again.changes).toEqual([]);
});
