import { expect, it } from 'vitest';
import { replayLag } from './replay-lag.ts';

it('tells since when a standby is behind, though it replays nothing', () => {
  const lag = replayLag();
  expect(lag({ atMs: 1_000, written: 100, replayed: 100 })).toBe(0);
  expect(lag({ atMs: 2_000, written: 200, replayed: 100 })).toBe(0);
  expect(lag({ atMs: 5_000, written: 300, replayed: 100 })).toBe(3_000);
  expect(lag({ atMs: 6_000, written: 300, replayed: 200 })).toBe(1_000);
  expect(lag({ atMs: 7_000, written: 300, replayed: 300 })).toBe(0);
});

it('keeps the first moment however long it takes', () => {
  const lag = replayLag();
  const lags = Array.from({ length: 1_000 }, (_, second) => lag({ atMs: second, written: second + 1, replayed: 0 }));
  expect(lags.at(-1)).toBe(999);
});
