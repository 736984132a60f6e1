import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { arch, platform, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { withDatabase } from '../support/database.ts';

const root = resolve(import.meta.dirname, '../..');
const main = join(root, 'dist/interfaces/cli/main.js');
const run = promisify(execFile);

const demoSchema = z.object({
  workload: z.object({ failed: z.literal(0), lostWrites: z.literal(0) }),
  textbook: z.object({ lostWrites: z.number().min(1) }),
  verification: z.object({ mismatches: z.literal(0) }),
  rollback: z.object({ schemaRestored: z.literal(true), dataRestored: z.literal(true) }),
});
const stateSchema = z.object({ state: z.string() });

/** The oldest that package.json allows, and the one that follows; npm carries both. */
describe.each(['20.19.0', '22'])('on Node %s', (version) => {
  it('the demo and a life on the command line', async () => {
    const place = await mkdtemp(join(tmpdir(), 'godwit-node-'));
    const name = `node-${platform()}-${arch()}`;
    try {
      await run('npm', ['install', '--prefix', place, '--no-audit', '--no-fund', `${name}@${version}`], { cwd: place });
      const node = join(place, 'node_modules', name, 'bin/node');
      expect((await run(node, ['--version'])).stdout).toMatch(new RegExp(`^v${version}`));
      const godwit = async (args: readonly string[], env = {}): Promise<unknown> => {
        const options = { cwd: place, env: { ...process.env, ...env }, maxBuffer: 10_000_000 };
        return JSON.parse((await run(node, [main, ...args, '--json'], options)).stdout);
      };
      demoSchema.parse(await godwit(['demo', '--rows', '20000']));
      await withDatabase(async ({ url, query }) => {
        const env = { DATABASE_URL: url };
        const state = async (...args: readonly string[]) => stateSchema.parse(await godwit(args, env)).state;
        await query(`CREATE TABLE users (id int PRIMARY KEY, name text);
          INSERT INTO users SELECT i, 'n' || i FROM generate_series(1, 5000) AS i`);
        await godwit(['plan', 'ALTER TABLE users RENAME COLUMN name TO full_name'], env);
        expect(await state('apply')).toBe('waiting');
        expect(await state('apply', '--confirm', 'deploy')).toBe('done');
        expect(await state('rollback')).toBe('rolled-back');
        expect(await query('SELECT count(name)::int AS rows FROM users')).toEqual([{ rows: 5000 }]);
      });
    } finally {
      await rm(place, { recursive: true });
    }
  });
});
