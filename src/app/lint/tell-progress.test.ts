import { expect, it } from 'vitest';
import { tellProgress } from './tell-progress.ts';

/** What is said of `files` files that take `msEach` each: how many were done at each time. */
function said(files: number, msEach: number): readonly (readonly [doneFiles: number, elapsedMs: number])[] {
  let nowMs = 7_000;
  const heard: (readonly [number, number])[] = [];
  const tell = tellProgress(
    {
      monotonicMs: () => nowMs,
      on: (event) => {
        if (event.kind === 'working') heard.push([event.progress.done, event.elapsedMs]);
      },
    },
    { what: 'lint', total: files },
  );
  for (let file = 0; file < files; file += 1) {
    nowMs += msEach;
    tell();
  }
  return heard;
}

it('says nothing of a short run', () => {
  expect(said(3_000, 0.3)).toEqual([]);
  expect(said(1, 5_000)).toEqual([]);
});

it('says of a long one how far it is, not more often than one can see, and not at its end', () => {
  const heard = said(300, 10);
  expect(heard.slice(0, 3)).toEqual([
    [100, 1_000],
    [110, 1_100],
    [120, 1_200],
  ]);
  expect(heard.at(-1)).toEqual([290, 2_900]);
});
