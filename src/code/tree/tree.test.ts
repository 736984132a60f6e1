import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFailure } from '#core/error';
import { finishChanges, settleChanges, writeChanges } from './tree.ts';

let root: string;
let journal: string;
beforeEach(async () => {
  const home = await mkdtemp(join(tmpdir(), 'godwit-write-'));
  root = join(home, 'tree');
  journal = join(home, 'journal');
  await mkdir(join(root, 'folder'), { recursive: true });
  await writeFile(join(root, 'a.txt'), 'one\n');
  await writeFile(join(root, 'folder/run.sh'), '#!/bin/sh\n', { mode: 0o755 });
  await writeFile(join(home, 'outside.txt'), 'not yours\n');
});
afterEach(() => rm(join(root, '..'), { recursive: true, force: true }));

const text = (path: string): Promise<string> => readFile(join(root, path), 'utf8');
const a = { path: 'a.txt', before: 'one\n', after: 'two\n' };

/** Code of the failure and every file as it is afterwards. */
async function refused(changes: Parameters<typeof writeChanges>[1]) {
  const error = await writeChanges(root, changes, journal).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isFailure(error)) throw error ?? new Error('it was written');
  const entries = await readdir(root, { recursive: true });
  return { code: error.code, says: error.message, a: await text('a.txt'), entries: entries.sort() };
}

const untouched = { a: 'one\n', entries: ['a.txt', 'folder', 'folder/run.sh'] };

describe('changes of a tree are written, all or none', () => {
  it('with byte order mark, CRLF, tabs, many bytes and modes as they are', async () => {
    const odd = '\uFEFFone\r\n\ttwo\r\nthree';
    const large = `${'x'.repeat(79)}\n`.repeat(25_000);
    await writeChanges(
      root,
      [
        a,
        { path: 'new/deep/odd.txt', before: undefined, after: odd },
        { path: 'large.txt', before: undefined, after: large },
        { path: 'folder/run.sh', before: '#!/bin/sh\n', after: '#!/bin/sh\r\n' },
      ],
      journal,
    );
    expect(await text('new/deep/odd.txt')).toBe(odd);
    expect((await text('large.txt')).length).toBe(2_000_000);
    expect((await stat(join(root, 'folder/run.sh'))).mode & 0o777).toBe(0o755);
    expect(await finishChanges(root, journal)).toHaveLength(4);
    await settleChanges(journal);
    expect(await finishChanges(root, journal)).toEqual([]);
  });

  it('none where a file was changed after it was read', async () => {
    await writeFile(join(root, 'folder/run.sh'), 'saved by an editor\n');
    const answer = await refused([a, { path: 'folder/run.sh', before: '#!/bin/sh\n', after: '' }]);
    expect(answer).toMatchObject({ code: 'drift', says: expect.stringContaining('folder/run.sh'), ...untouched });
  });

  it('none where a file that is to be made is there', async () => {
    const made = { path: 'folder/run.sh', before: undefined, after: 'new' };
    expect(await refused([a, made])).toMatchObject({ code: 'drift', ...untouched });
  });

  it.each([
    ['a file above', '../outside.txt'],
    ['an absolute path', '/etc/hostname'],
    ['a path into .git', '.git/hooks/pre-commit'],
    ['a path up and down', 'folder/../../outside.txt'],
  ])('none where one is %s', async (_, path) => {
    expect(await refused([a, { path, before: undefined, after: 'x' }])).toMatchObject({
      code: 'bad-input',
      ...untouched,
    });
  });

  it('none through a link, be it the file or a folder on the way', async () => {
    await symlink('../outside.txt', join(root, 'link.txt'));
    await symlink('..', join(root, 'up'));
    await symlink('folder', join(root, 'inside'));
    const through = (path: string) => refused([a, { path, before: 'not yours\n', after: 'mine' }]);
    expect(await through('link.txt')).toMatchObject({ code: 'bad-input', a: 'one\n' });
    expect(await through('up/outside.txt')).toMatchObject({ code: 'bad-input', a: 'one\n' });
    expect(await readFile(join(root, '../outside.txt'), 'utf8')).toBe('not yours\n');
  });

  it('the rest after a crash, unless somebody else has been there', async () => {
    await writeChanges(root, [a, { path: 'b.txt', before: undefined, after: 'b' }], journal);
    await rm(join(root, 'b.txt'));
    expect(await finishChanges(root, journal)).toEqual(['a.txt', 'b.txt']);
    expect(await text('b.txt')).toBe('b');
    await rm(join(root, 'b.txt'));
    await writeFile(join(root, 'a.txt'), 'saved by an editor\n');
    await expect(finishChanges(root, journal)).rejects.toSatisfy((error) => isFailure(error, 'drift'));
    expect(await readdir(root)).not.toContain('b.txt');
  });
});
