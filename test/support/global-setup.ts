import type { TestProject } from 'vitest/node';
import { startEmbedded } from '#db/drivers/postgres/embedded/start-embedded';
import { buildDist } from './build-dist.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's URL of the one server of the run. */
    readonly serverUrl: string;
  }
}

/** Builds dist, which the tests of the command line run, and starts one server for all tests of the run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildDist();
  const server = await startEmbedded({ durable: false, settings: { max_connections: '200' } });
  project.provide('serverUrl', server.url);
  return server.stop;
}
