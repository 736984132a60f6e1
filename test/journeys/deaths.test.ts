import { describe, expect, it } from 'vitest';
import { deathAt, linkedKeys, uniqueRename } from '../support/database-deaths.ts';

const stories = [
  ['a rename of a unique column', uniqueRename],
  ['a change of type at both ends of a foreign key', linkedKeys],
] as const;

describe.each(stories)('%s', (_, story) => {
  it('ends the same on a real server at every point where the runner can die', async () => {
    const calm = await deathAt(story, ['forward'], undefined);
    for (let point = 1; point <= calm.points; point += 1) {
      const { end } = await deathAt(story, ['forward'], point);
      expect(end, `died at point ${point} of ${calm.points}`).toEqual(calm.end);
    }
  });

  it('is taken back from every point, on the way there and on the way back', async () => {
    const calm = await deathAt(story, ['forward', 'back'], undefined);
    for (let point = 1; point <= calm.points; point += 1) {
      const turning = await deathAt(story, ['forward', 'back'], point, ['back']);
      expect(turning.end, `died at point ${point} of ${calm.points}`).toEqual(calm.end);
    }
  });
});
