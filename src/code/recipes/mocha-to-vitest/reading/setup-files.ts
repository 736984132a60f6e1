import type { CodeEntry } from '../../../engine/code.ts';
import type { MochaPackage } from './mocha-package.ts';
import { shortened } from './test-layout.ts';

/** Files and packages that are loaded before the tests; Vitest wants whole names of files. */
export function setupFiles(one: MochaPackage, test: readonly CodeEntry[]): readonly string[] {
  const own = new Set(one.files.map((path) => (one.folder === '.' ? path : path.slice(one.folder.length + 1))));
  const value = test.find(({ key }) => key === 'setupFiles')?.value;
  const items = value?.kind === 'list' ? value.items : [];
  const names = items.flatMap((item) => (item.value.kind === 'text' ? [item.value.value] : []));
  return names.map((name) => {
    const plain = shortened(name);
    const ends = ['', '.js', '.cjs', '.mjs', '.ts', '/index.js', '/index.ts'];
    const file = ends.map((end) => plain + end).find((path) => own.has(path));
    return file === undefined ? name : `./${file}`;
  });
}
