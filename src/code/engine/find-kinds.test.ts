import { expect, it } from 'vitest';
import { findKinds } from './find-kinds.ts';
import { recipeFile } from './recipe-file.ts';

it('finds nothing of a kind that the grammar does not know', () => {
  const found = (path: string, text: string) =>
    findKinds(recipeFile(path, text).root(), ['jsx_element', 'type_identifier']);
  expect(found('a.tsx', 'const a: Tag = <i>x</i>;').map((node) => node.text())).toEqual(['Tag', '<i>x</i>']);
  expect(found('a.ts', 'const a: Tag = 1;').map((node) => node.text())).toEqual(['Tag']);
  expect(found('a.js', 'const a = <i>x</i>;').map((node) => node.text())).toEqual(['<i>x</i>']);
});
