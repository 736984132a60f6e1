import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadBundle } from './bundle.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'godwit-bundle-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const load = () => loadBundle({ folder, version: '1.0.0', part: 'lint' });
const bundled = (answer: number) => `(function (exports, require, module, __filename) {
  module.exports = { start: async (version) => version.length + ${answer} };
})`;

async function kept(): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.compiled'));
}

it('keeps what was compiled, and starts from it', async () => {
  await writeFile(join(folder, 'lint.cjs'), bundled(1));
  const first = load();
  expect(await first?.start('1.0')).toBe(4);
  first?.keepCompiled();
  const [name] = await kept();
  expect(name).toMatch(/^lint-1\.0\.0-\d+-\w+-[\w.-]+\.compiled$/);
  const before = await readFile(join(folder, name ?? ''));
  const second = load();
  expect(await second?.start('1.0')).toBe(4);
  second?.keepCompiled();
  expect(await kept()).toEqual([name]);
  expect(await readFile(join(folder, name ?? ''))).toEqual(before);
});

it('what is broken or of another build is compiled anew', async () => {
  const file = join(folder, 'lint.cjs');
  await writeFile(file, bundled(1));
  load()?.keepCompiled();
  const [name] = await kept();
  await writeFile(join(folder, name ?? ''), 'no code of V8');
  expect(await load()?.start('1.0')).toBe(4);
  await writeFile(join(folder, name ?? ''), '');
  expect(await load()?.start('1.0')).toBe(4);
});

it('a text of the same length that was built later is not taken for the earlier one', async () => {
  const file = join(folder, 'lint.cjs');
  await writeFile(file, bundled(1));
  load()?.keepCompiled();
  const [early] = await kept();
  await expect
    .poll(async () => {
      await writeFile(file, bundled(2));
      load()?.keepCompiled();
      return (await kept()).length;
    })
    .toBeGreaterThan(1);
  expect(early).toBeDefined();
  expect(await load()?.start('1.0')).toBe(5);
});

it('nothing bundled is no bundle, and a folder that cannot be written stays as it is', async () => {
  expect(load()).toBeUndefined();
  await writeFile(join(folder, 'lint.cjs'), bundled(1));
  const bundle = load();
  await rm(folder, { recursive: true });
  bundle?.keepCompiled();
  expect(await bundle?.start('1.0')).toBe(4);
});

it('the bundle of lint holds nothing of the working tree, which it would have to read at every start', async () => {
  const dist = new URL('../../../dist/', import.meta.url);
  const [lint, all] = await Promise.all(
    ['lint.cjs', 'godwit.cjs'].map((name) => readFile(new URL(name, dist), 'utf8')),
  );
  const recipe = 'jest-to-vitest';
  expect([all?.includes(recipe), lint?.includes(recipe)]).toEqual([true, false]);
});

it('no command waits for the compiler to be loaded that does not use it', () => {
  const main = fileURLToPath(new URL('../../../dist/interfaces/cli/main.js', import.meta.url));
  const env = { ...process.env, NODE_DEBUG: 'module' };
  const told = spawnSync(process.execPath, [main, 'apply', '--help'], { encoding: 'utf8', env });
  expect(told.stdout).toContain('godwit apply');
  expect(told.stderr).toMatch(/MODULE/);
  expect(told.stderr).not.toMatch(/typescript[\\/]lib/);
});
