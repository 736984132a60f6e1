import { expect, it } from 'vitest';
import { type BatchSize, defaultSizeLimits, firstSize, halfSize, nextSize } from './batch-size.ts';

const limits = { ...defaultSizeLimits, targetMs: 50 };

/** Sizes of batches one after another, on a server that takes so long per row. */
function sizes(msPerRow: (batch: number) => number, count: number): readonly number[] {
  let size: BatchSize = firstSize(limits);
  return Array.from({ length: count }, (_, batch) => {
    const { rows } = size;
    size = nextSize(size, { rows, ms: rows * msPerRow(batch), targetMs: 50 }, limits);
    return rows;
  });
}

it('begins small, grows by half at most, and settles where a batch takes its target', () => {
  expect(sizes(() => 0.0125, 8)).toEqual([500, 750, 1125, 1688, 2532, 3798, 4000, 4000]);
});

it('stays between its bounds', () => {
  expect(sizes(() => 0.00001, 20).at(-1)).toBe(50_000);
  expect(sizes(() => 100, 5)).toEqual([500, 50, 50, 50, 50]);
});

it('is a tenth at once after a batch that took more than five times its target', () => {
  expect(sizes((batch) => (batch === 2 ? 0.5 : 0.0125), 6)).toEqual([500, 750, 1125, 113, 170, 255]);
});

it('follows the slow ones of the last ten batches', () => {
  expect(sizes((batch) => (batch % 4 === 0 ? 0.04 : 0.0125), 14).at(-1)).toBe(1250);
});

it('goes by the new target when that changes, and is half after a batch that failed', () => {
  const size = { rows: 40_000, recent: [0.0125] };
  const busy = nextSize(size, { rows: 40_000, ms: 500, targetMs: 500 }, limits);
  expect(busy.rows).toBe(4000);
  expect(halfSize(busy, limits).rows).toBe(2000);
  expect(halfSize({ rows: 60, recent: [] }, limits).rows).toBe(50);
});
