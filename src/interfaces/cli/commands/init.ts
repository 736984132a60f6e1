import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { exitCodes, fail } from '#core/error';
import type { Command } from '../command.ts';

const input = z.strictObject({});

/** What a first configuration holds: one target of each class, their URLs in the environment. */
const example = {
  defaultTarget: 'local',
  targets: {
    local: { url: 'env:DATABASE_URL', class: 'development' },
    staging: { url: 'env:STAGING_DATABASE_URL', class: 'staging' },
    production: { url: 'env:PRODUCTION_DATABASE_URL', class: 'production' },
  },
  migrations: 'migrations',
} as const;

/** Writes a first configuration. */
export const init: Command<z.infer<typeof input>> = {
  name: 'init',
  summary: 'Write a first godwit.config.json',
  description: 'Writes godwit.config.json with one target of each class. Never overwrites a configuration.',
  examples: [{ command: 'godwit init', says: 'begin here, then put the URLs into the environment' }],
  input,
  async execute(_input, { cwd }) {
    const present = (await readdir(cwd)).find((name) => /^godwit\.config\.\w+$/.test(name));
    if (present !== undefined) throw isThere(join(cwd, present));
    const file = join(cwd, 'godwit.config.json');
    await writeFile(file, `${JSON.stringify(example, undefined, 2)}\n`, { flag: 'wx' });
    return {
      json: { file },
      text: `Wrote ${file}.\nNext: set DATABASE_URL, then \`godwit plan "ALTER TABLE …"\`.\n`,
      exit: exitCodes.done,
    };
  },
};

function isThere(file: string): Error {
  return fail('bad-input', {
    what: 'Nothing was written.',
    why: `There is a configuration already: ${file}.`,
    next: 'Edit that one, or move it away first.',
  });
}
