import { expect, it } from 'vitest';
import { bindingsOf } from './bindings.ts';
import { recipeFile } from './recipe-file.ts';

const typeOnly = (path: string, text: string): readonly boolean[] =>
  bindingsOf(recipeFile(path, text).root(), (name) => name === 'm').map((binding) => binding.isTypeOnly);

it('tells types from values, in Flow too', () => {
  expect(typeOnly('a.ts', "import type { A } from 'm';\nimport { type B, C } from 'm';")).toEqual([true, true, false]);
  expect(typeOnly('a.js', "import type { A } from 'm';")).toEqual([true]);
  expect(typeOnly('a.ts', "import type from 'm';\nimport kind, { A } from 'm';")).toEqual([false, false, false]);
});
