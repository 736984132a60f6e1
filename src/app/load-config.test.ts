import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFailure } from '#core/error';
import { loadConfig } from './load-config.ts';

describe('loadConfig', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'godwit-config-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('gives the defaults where there is none', async () => {
    expect(await loadConfig(folder)).toMatchObject({ migrations: 'migrations', limits: { lockTimeoutMs: 500 } });
  });

  it.each([
    ['godwit.config.json', '{"migrations": "db"}'],
    ['godwit.config.mjs', 'export default { migrations: "db" };'],
    ['godwit.config.ts', 'const migrations: string = "db";\nexport default { migrations };'],
  ])('reads %s', async (name, text) => {
    await writeFile(join(folder, name), text);
    expect((await loadConfig(folder)).migrations).toBe('db');
  });

  it.each([
    ['{"limits": {"workers": 99}}', 'limits.workers'],
    ['{"target": {}}', 'target'],
    ['{"migrations"', 'cannot be read'],
  ])('refuses %s with the place', async (text, says) => {
    await writeFile(join(folder, 'godwit.config.json'), text);
    await expect(loadConfig(folder)).rejects.toSatisfy(
      (error) => isFailure(error, 'config-invalid') && error.explanation.why.includes(says),
    );
  });

  it('refuses two', async () => {
    await writeFile(join(folder, 'godwit.config.json'), '{}');
    await writeFile(join(folder, 'godwit.config.mjs'), 'export default {};');
    await expect(loadConfig(folder)).rejects.toSatisfy((error) => isFailure(error, 'config-invalid'));
  });
});
