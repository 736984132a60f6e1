import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { fail } from '#core/error';
import { type Config, configSchema } from './config.ts';

const names = ['godwit.config.ts', 'godwit.config.mts', 'godwit.config.mjs', 'godwit.config.js', 'godwit.config.json'];

/** The configuration in `folder`, or the defaults where there is none. Throws `config-invalid` with the field's path. */
export async function loadConfig(folder: string): Promise<Config> {
  const file = await configFile(folder);
  if (file === undefined) return configSchema.parse({});
  const parsed = configSchema.safeParse(await readValue(file));
  if (parsed.success) return parsed.data;
  throw invalid(file, z.prettifyError(parsed.error).replaceAll('\n', ' '));
}

async function configFile(folder: string): Promise<string | undefined> {
  const found: string[] = [];
  for (const name of names) {
    const file = join(folder, name);
    if (await exists(file)) found.push(file);
  }
  if (found.length > 1) throw invalid(found.join(' and '), 'There is more than one configuration here.');
  return found[0];
}

async function readValue(file: string): Promise<unknown> {
  try {
    if (file.endsWith('.json')) return JSON.parse(await readFile(file, 'utf8'));
    const { createJiti } = await import('jiti');
    return await createJiti(import.meta.url, { fsCache: false }).import(file, { default: true });
  } catch (error) {
    throw invalid(file, `It cannot be read: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}

function invalid(file: string, why: string, cause?: unknown): Error {
  const next = 'Correct it; `godwit init` in an empty folder writes one that fits.';
  return fail('config-invalid', { what: `${file} is not a configuration of godwit.`, why, next }, cause);
}
