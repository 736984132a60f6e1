import { afterAll, beforeAll, describe, test } from 'vitest';
import { type EmbeddedServer, startEmbedded } from '#db/drivers/postgres/embedded/start-embedded';
import { operations } from '#db/operations/index';
import { expectLife } from '../support/example-life.ts';
import { inTurn } from '../support/turn.ts';

const named = process.env.GODWIT_TEST_MAJORS?.split(',').map(Number);
const between = [13, 14, 15, 16, 17];
const ends = [12, 18];
const examples = operations.flatMap(({ id, examples }) =>
  examples.map((example) => ({ title: `${id}: ${example.title}`, example })),
);

/** The majors on which an example lives: one of the oldest, the newest and one between in turn; with SLOW=1 an end and one between. */
function majorsOf(index: number): readonly (number | undefined)[] {
  const middle = between[Math.floor(index / 3) % between.length];
  if (process.env.SLOW === '1') return [ends[index % 2], between[index % between.length]];
  return [[12, 18, middle][index % 3]];
}

/** Every example in its turn on some majors; all on those that GODWIT_TEST_MAJORS names. */
for (const major of named ?? [12, ...between, 18]) {
  const own = inTurn(examples, 3).filter((_, index) => majorsOf(index).includes(major));
  describe.concurrent(`PostgreSQL ${major}`, () => {
    let server: EmbeddedServer;
    beforeAll(async () => {
      server = await startEmbedded({ major, durable: false, settings: { max_connections: '200' } });
    });
    afterAll(() => server.stop());
    for (const { title, example } of named === undefined ? own : examples)
      test(title, () => expectLife(example, { major, serverUrl: server.url }));
  });
}
