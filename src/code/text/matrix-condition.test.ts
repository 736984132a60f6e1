import { expect, it } from 'vitest';
import { comparisonAt, jobAt } from './matrix-condition.ts';

const text = `jobs:
  a:
    strategy:
      matrix:
        v: [1.5]
    steps:
      - if: matrix.v == '2.5' && matrix['v'] != 3.5 || '4.5' == matrix.v
        run: echo 5.5
  b:
    if: 6.5
`;
const at = (value: string) => ({ offset: text.indexOf(value), length: value.length });

it.each([
  ['1.5', undefined, 'a'],
  ['2.5', '==', 'a'],
  ['3.5', '!=', 'a'],
  ['4.5', '==', 'a'],
  ['5.5', undefined, 'a'],
  ['6.5', undefined, 'b'],
])('%s is compared by %s in job %s', (value, comparison, job) => {
  expect(comparisonAt(text, at(value))).toBe(comparison);
  expect(jobAt(text, at(value))).toBe(job);
});
