import type { TestProject } from 'vitest/node';
import { startEmbedded } from '#db/drivers/postgres/embedded/start-embedded';
import { buildDist } from './build-dist.ts';
import { testMajor } from './majors.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's URL of the one server of the run. */
    readonly serverUrl: string;
  }
}

/**
 * Builds dist, which the tests of the command line run, and starts one server for all tests of the run: of the major
 * in GODWIT_TEST_MAJOR, else 18.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildDist();
  const server = await startEmbedded({ major: testMajor, durable: false, settings: { max_connections: '200' } });
  project.provide('serverUrl', server.url);
  return server.stop;
}
