import { expect, it } from 'vitest';
import { joinItems, listRuns, listSpan } from './list-items.ts';
import { placeAt } from './place.ts';

function runs(text: string) {
  const places = [...text.matchAll(/(?<![\w.-])\d\.\d+(?![\w.])/g)].map((found) => ({
    place: placeAt('a', text, { offset: found.index, length: found[0].length }),
  }));
  return listRuns(text, places, () => true).map((run) => listSpan(text, run));
}

it.each([
  ['[3.9, "3.10", pypy-3.9, "3.11"]', [['3.9', '"3.10"', 'pypy-3.9', '"3.11"']]],
  ["- '3.9'\n- pypy3.9 # slow\n- '3.10'\n", [["'3.9'", 'pypy3.9', "'3.10'"]]],
  ['a: 3.9\nb: 3.10\n', [['3.9'], ['3.10']]],
  ['3.9, {lint,docs}-a, 3.10', [['3.9', '{lint,docs}-a', '3.10']]],
  ['3.9\n3.10\n', [['3.9', '3.10']]],
])('%j', (text, items) => {
  expect(runs(text).map((span) => span.items.map((item) => item.text))).toEqual(items);
});

it('is written again as it stood, with what is said of an item', () => {
  const text = '[\n  "3.9", # old\n  "3.10", # new\n  "3.11"\n]';
  const [span] = runs(text);
  expect(text.slice(span?.start, span?.end)).toBe(joinItems(span?.items ?? [], span?.separator ?? ''));
});
