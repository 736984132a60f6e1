import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeFolder } from './make-folder.ts';

const home = await mkdtemp(join(tmpdir(), 'godwit-folder-'));
afterAll(() => rm(home, { recursive: true }));

it('makes what is missing, and is content with what is there', async () => {
  await makeFolder(join(home, 'a/b/c'));
  await makeFolder(join(home, 'a/b/c'));
  expect((await stat(join(home, 'a/b/c'))).isDirectory()).toBe(true);
});

it('names a file that is in the way', async () => {
  await writeFile(join(home, 'file'), '');
  await expect(makeFolder(join(home, 'file/x/y'))).rejects.toMatchObject({
    code: 'bad-input',
    explanation: { why: `${join(home, 'file')} is a file.` },
  });
});

it.runIf(process.platform === 'linux')('ends where a file system takes no folders', async () => {
  await expect(makeFolder('/proc/none/deep')).rejects.toMatchObject({ code: 'bad-input' });
});
