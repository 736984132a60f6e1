import { expect, it } from 'vitest';
import { deathAt, uniqueRename as rename } from '../support/database-deaths.ts';
import { seed } from '../support/seed.ts';

const sampled = 2;

it(`a plan on a real server ends the same wherever the runner dies (seed ${seed})`, async () => {
  const calm = await deathAt(rename, ['forward'], undefined);
  expect(calm.end).toMatchObject({ state: 'done', leftovers: [] });
  for (const point of sample(calm.points)) {
    const { end } = await deathAt(rename, ['forward'], point);
    expect(end, `died at point ${point} of ${calm.points}`).toEqual(calm.end);
  }
});

it(`and is taken back from wherever it dies, on the way there and on the way back (seed ${seed})`, async () => {
  const calm = await deathAt(rename, ['forward', 'back'], undefined);
  expect(calm.end).toMatchObject({ state: 'rolled-back', leftovers: [] });
  for (const point of sample(calm.points)) {
    const goingOn = await deathAt(rename, ['forward', 'back'], point);
    expect(goingOn.end, `died at point ${point} of ${calm.points}, went on`).toEqual(calm.end);
    const turning = await deathAt(rename, ['forward', 'back'], point, ['back']);
    expect(turning.end, `died at point ${point} of ${calm.points}, turned back`).toEqual(calm.end);
  }
});

/** Some points; the journeys try all of them. */
function sample(points: number): readonly number[] {
  let state = seed;
  return Array.from({ length: sampled }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (state % points) + 1;
  });
}
