import { expect, it } from 'vitest';
import { followedEntry } from './matrix-condition.ts';

const text = `jobs:
  a:
    strategy:
      matrix:
        v: [1.5]
    steps:
      - if: matrix.v == '1.5' && matrix['v'] != 1.5 || '1.5' == matrix.v && f(matrix.v, '1.5')
  b:
    if: matrix.v == '1.5'
`;
const places = [...text.matchAll(/1\.5/g)].map(({ index }) => ({ offset: index, length: 3 }));
const [entry = { offset: 0, length: 0 }, ...conditions] = places;

function followed(isGone: boolean) {
  const entries = [{ value: '1.5', place: entry, after: '2.5', isGone }];
  return conditions.map((place) => followedEntry(text, { value: '1.5', place }, entries)?.kind);
}

it('a comparison follows an entry that is gone in its own job; what asks for another thing is left', () => {
  expect(followed(true)).toEqual(['raised', 'left', 'raised', 'left', undefined]);
  expect(followed(false)).toEqual(Array(5).fill(undefined));
});
