import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';

const run = promisify(execFile);
/** Chromium as an npm package runs on Linux without anything beside it, and is there wherever the registry is. */
const packages = ['@sparticuz/chromium@141.0.0', 'playwright-core@1.56.1'];
const script = resolve(import.meta.dirname, 'look-at-page.mjs');

/** Installs Chromium once for each machine, and returns the folder where it is. */
export async function browserHome(): Promise<string> {
  const home = join(tmpdir(), 'godwit-chromium-141');
  await mkdir(home, { recursive: true });
  if (!existsSync(join(home, 'node_modules/playwright-core')))
    await run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--prefix', home, ...packages]);
  return home;
}

/** What Chromium sees at addresses, each in a page of its own. */
export async function seenAt(
  addresses: readonly string[],
  home: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { stdout } = await run(process.execPath, [script, home, ...addresses], { timeout: 120_000 });
  return z.array(z.record(z.string(), z.unknown())).parse(JSON.parse(stdout));
}
