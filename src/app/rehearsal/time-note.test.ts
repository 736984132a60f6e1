import { expect, it } from 'vitest';
import { timeNote } from './time-note.ts';

const step = { id: 'a', ms: 1, locks: [], rewrites: [], scans: [], longestWaitMs: 12 };

it('accounts for all of the time, in minutes and seconds where it is long', () => {
  const legs = [
    { name: 'forward', ms: 198_719 },
    { name: 'back', ms: 45_000 },
    { name: 'forward again', ms: 240_000 },
  ] as const;
  expect(timeNote({ ok: true, rows: 0, steps: [step, step] }, { legs, totalMs: 514_000 })).toBe(
    'It took 8 min 34 s in all: 30 s to make the copy ready and to clear it away, 3 min 19 s forward, 45 s back, 4 min forward again. 2 steps were measured.',
  );
});

it('says where it stopped, and how long writers waited where there are rows', () => {
  const legs = [{ name: 'forward', ms: 60_000 }] as const;
  expect(timeNote({ ok: false, rows: 10, steps: [step] }, { legs, totalMs: 61_000 })).toBe(
    'It took 61 s in all: 1.0 s to make the copy ready and to clear it away, 60 s forward, up to where it stopped. 1 step was measured; the longest wait of a writer was 12 ms.',
  );
});
