import { expect, it } from 'vitest';
import { deathAt, uniqueRename } from '../support/database-deaths.ts';

it('a plan on a real server ends the same at every point where the runner can die', async () => {
  const calm = await deathAt(uniqueRename, ['forward'], undefined);
  for (let point = 1; point <= calm.points; point += 1) {
    const { end } = await deathAt(uniqueRename, ['forward'], point);
    expect(end, `died at point ${point} of ${calm.points}`).toEqual(calm.end);
  }
});

it('and is taken back from every point, on the way there and on the way back', async () => {
  const calm = await deathAt(uniqueRename, ['forward', 'back'], undefined);
  for (let point = 1; point <= calm.points; point += 1) {
    const turning = await deathAt(uniqueRename, ['forward', 'back'], point, ['back']);
    expect(turning.end, `died at point ${point} of ${calm.points}`).toEqual(calm.end);
  }
});
