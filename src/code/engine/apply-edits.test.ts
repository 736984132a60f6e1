import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seed } from '../../../test/support/seed.ts';
import { applyEdits } from './apply-edits.ts';

it.each([
  ['nothing', [], 'abcdef', 0],
  [
    'in the order of the text',
    [
      [4, 1, 'E'],
      [0, 2, ''],
    ],
    'cdEf',
    0,
  ],
  [
    'insertions at one place in the order given, before what is replaced there',
    [
      [2, 1, 'C'],
      [2, 0, '1'],
      [2, 0, '2'],
    ],
    'ab12Cdef',
    0,
  ],
  [
    'the same edit once',
    [
      [1, 1, 'B'],
      [1, 1, 'B'],
    ],
    'aBcdef',
    0,
  ],
  [
    'the first of two that overlap',
    [
      [1, 3, 'X'],
      [2, 1, 'Y'],
    ],
    'aXef',
    1,
  ],
  [
    'edits that touch',
    [
      [1, 2, 'X'],
      [3, 1, 'Y'],
    ],
    'aXYef',
    0,
  ],
] as const)('applies %s', (_, edits, text, left) => {
  const edited = applyEdits(
    'abcdef',
    edits.map(([offset, length, text]) => ({ offset, length, text })),
  );
  expect([edited.text, edited.left]).toEqual([text, left]);
});

it('refuses an edit outside of the text', () => {
  expect(() => applyEdits('abc', [{ offset: 2, length: 2, text: '' }])).toThrow(RangeError);
});

it(`says where every untouched place went (seed ${seed})`, () => {
  const edit = fc.record({ offset: fc.nat(30), length: fc.nat(4), text: fc.string({ maxLength: 4 }) });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 6 }), (edits) => {
      const text = Array.from({ length: 40 }, (_, index) => String.fromCharCode(0x4e00 + index)).join('');
      const edited = applyEdits(text, edits);
      for (const [index, unit] of [...text].entries()) {
        if (edited.text.includes(unit)) expect(edited.text[edited.moved(index)]).toBe(unit);
      }
    }),
    { seed },
  );
});
