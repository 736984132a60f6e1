import { expect, it } from 'vitest';
import { orderFindings } from './order-findings.ts';

it('entries with the same change are told together, by what changes alone', () => {
  const before = ['a.ts', 'b.ts', 'c.ts', 'z.ts'];
  const after = ['a.ts', 'c.ts', 'b.ts', 'z.ts'];
  const entries = ['one.test.ts', 'two.test.ts', 'three.test.ts', 'four.test.ts'];
  const found = orderFindings([
    ...entries.map((entry) => ({ entry, before, after })),
    { entry: 'main.ts', before, after: ['a.ts', 'z.ts'] },
  ]);
  expect(found.map(({ object, message }) => `${object}: ${message}`)).toEqual([
    'one.test.ts: From one.test.ts and 3 more (two.test.ts, three.test.ts, …), what modules run when they are loaded comes otherwise than before: c.ts, b.ts instead of b.ts, c.ts.',
    'main.ts: From main.ts, what modules run when they are loaded comes otherwise than before: none instead of b.ts, c.ts.',
  ]);
});
