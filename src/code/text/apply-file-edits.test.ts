import { expect, it } from 'vitest';
import { applyFileEdits } from './apply-file-edits.ts';

const edit = (offset: number, before: string, text: string) => ({ offset, length: before.length, before, text });
const laid = (...edits: ReturnType<typeof edit>[]) => applyFileEdits({ path: 'a', edits }, 'image: 3.9');

it('edits that stand apart, and what is put in before them, are laid', () => {
  expect(laid(edit(7, '3.9', '3.14'), edit(7, '', '~'), edit(0, 'image', 'name'))).toBe('name: ~3.14');
});

it.each([
  [edit(7, '3.9', '3.14'), edit(7, '3.9', '3.14')],
  [edit(7, '3.9', '3.14'), edit(9, '9', '14')],
  [edit(0, 'image: 3', 'x'), edit(7, '3.9', '3.14')],
])('two edits of the same characters are refused', (one, other) => {
  expect(() => laid(one, other)).toThrow(/Two edits of a/);
});
