import { expect, it } from 'vitest';
import { wordsOf } from './virtual-tree.ts';

it('paths in what the compiler says are from the root of the tree', () => {
  const said = "Could not find types for 'a'. '/tree/node_modules/a/index.js' is any.";
  expect(wordsOf(said)).toBe("Could not find types for 'a'. 'node_modules/a/index.js' is any.");
});
