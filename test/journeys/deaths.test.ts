import { describe, expect, it } from 'vitest';
import { deathAt, linkedKeys, uniqueRename } from '../support/database-deaths.ts';

/** With SLOW=1 every point of every story; else only one in so many of a long one. */
const all = process.env.SLOW === '1';
const stories = [
  ['a rename of a unique column', uniqueRename, all ? 1 : 11],
  ['a change of type at both ends of a foreign key', linkedKeys, all ? 1 : 97],
] as const;

describe.each(stories)('%s', (_, story, every) => {
  it('ends the same on a real server at every point where the runner can die', async () => {
    const calm = await deathAt(story, ['forward'], undefined);
    for (let point = 1; point <= calm.points; point += every) {
      const { end } = await deathAt(story, ['forward'], point);
      expect(end, `died at point ${point} of ${calm.points}`).toEqual(calm.end);
    }
  });

  it('is taken back from every point, on the way there and on the way back', async () => {
    const calm = await deathAt(story, ['forward', 'back'], undefined);
    for (let point = 1; point <= calm.points; point += every) {
      const turning = await deathAt(story, ['forward', 'back'], point, ['back']);
      expect(turning.end, `died at point ${point} of ${calm.points}`).toEqual(calm.end);
    }
  });
});
