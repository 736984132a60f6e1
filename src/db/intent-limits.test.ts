import { expect, it } from 'vitest';
import { readIntent } from './drivers/postgres/sql/read-intent.ts';

const add = (place: number) => `ALTER TABLE users ADD COLUMN a${place} int`;
const times = (count: number, make: (place: number) => string) => Array.from({ length: count }, (_, at) => make(at));

const tooLarge = {
  '3.7 MB': [
    'ALTER TABLE users ADD COLUMN a int; '.repeat(100_000),
    /has 3,600,000 characters, and a plan takes 1,000,000/,
  ],
  statements: [times(8_000, add).join(';'), /makes 8000 changes, and a plan takes 2000 at most/],
  'commands of one statement': [
    `ALTER TABLE users ${times(2_001, (place) => `ADD COLUMN a${place} int`).join(', ')}`,
    /makes 2001 changes/,
  ],
  conditions: [
    `DELETE FROM users WHERE id=0${' OR id=1'.repeat(40_000)}`,
    /has 160,007 words and signs, and a plan takes 100,000/,
  ],
  values: [`DELETE FROM users WHERE id IN (${times(120_000, String).join(',')})`, /words and signs/],
  comments: [`${'-- x\n'.repeat(150_000)}${add(1)}`, /words and signs/],
} as const;

it.each(Object.entries(tooLarge))('too much is counted before it is worked on: %s', async (_, [text, says]) => {
  const began = performance.now();
  await expect(readIntent(text, { searchPath: ['public'] })).rejects.toMatchObject({
    code: 'bad-input',
    explanation: { what: expect.stringMatching(says) },
  });
  expect(performance.now() - began).toBeLessThan(10_000);
});

it('what a plan takes at most is read, with the line of each change', async () => {
  const stated = await readIntent(`${'-- x\n'.repeat(80_000)}${times(2_000, add).join(';\n')}`, {
    searchPath: ['public'],
  });
  expect(stated.map(({ line }) => line)).toEqual(times(2_000, String).map((place) => 80_001 + Number(place)));
});
