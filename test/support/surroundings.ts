import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configSchema } from '#app/config';
import { thisMachine } from '#app/machine';
import type { Surroundings } from '#app/verb';

/** What verbs get, without a command line: an empty folder, one database, and somebody who confirms every gate. */
export async function surroundingsOn(url: string, config: unknown = {}): Promise<Surroundings> {
  const cwd = await mkdtemp(join(tmpdir(), 'godwit-verbs-'));
  const env = { DATABASE_URL: url, PATH: process.env.PATH };
  const { signal } = new AbortController();
  return {
    ...thisMachine({ version: '0.0.0', cwd, env, signal }),
    cwd,
    env,
    config: configSchema.parse(config),
    choice: {},
    on: () => undefined,
    consent: { confirm: async () => ({ by: 'test', means: 'typed' }) },
    confirm: async () => true,
    confirmByName: async () => true,
  };
}
