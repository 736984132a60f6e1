import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GitTree, gitEnv, makeGitTree } from '../../../test/support/git-tree.ts';
import { runsOf, seed } from '../../../test/support/seed.ts';
import { makeTree } from '../../../test/support/tree.ts';
import { type Jail, openJail, readBytesMax } from './jail.ts';
import { isSecretPath } from './secret-files.ts';
import { spelledPath } from './spelled-path.ts';

const secret = 'outside-secret-1234567';
let [tree, outside, jail]: [GitTree | undefined, string, Jail | undefined] = [undefined, '', undefined];
const { signal } = new AbortController();

beforeAll(async () => {
  outside = await realpath(await mkdtemp(join(tmpdir(), 'godwit-outside-')));
  await writeFile(join(outside, 'plain.txt'), secret);
  tree = await makeGitTree({
    'a.txt': 'one\ntwo\n',
    'src/b.ts': 'export const b = 1;\n',
    '.env': `TOKEN=${secret}\n`,
    'config/server.pem': secret,
    'deep/.ssh/config': secret,
    'ignored/x.txt': secret,
    'image.png': new Uint8Array([137, 80, 0, 1]),
    '.gitignore': 'ignored/\n*.local\n',
  });
  const { root } = tree;
  await writeFile(join(root, 'settings.local'), secret);
  await symlink(outside, join(root, 'out'));
  await symlink(join(outside, 'plain.txt'), join(root, 'link.txt'));
  await symlink('src', join(root, 'alias'));
  await symlink('.git', join(root, 'store'));
  await symlink('/proc/self/environ', join(root, 'environ'));
  await writeFile(join(root, 'huge.txt'), '');
  await truncate(join(root, 'huge.txt'), readBytesMax + 1);
  execFileSync('mkfifo', [join(root, 'pipe')]);
  jail = await openJail({ root, env: gitEnv, signal });
});
afterAll(async () => {
  await tree?.remove();
  await rm(outside, { recursive: true, force: true });
});

const read = async (path: string): Promise<string> => {
  const found = await (jail?.read(path) ?? Promise.reject(new Error('no jail')));
  return found.kind === 'text' ? found.exact : `refused: ${found.why}`;
};

describe('a jail', () => {
  it('reads what git would track', async () => {
    expect(await read('a.txt')).toBe('one\ntwo\n');
    expect(await read('./src//b.ts')).toBe('export const b = 1;\n');
    expect(await read(`${tree?.root}/a.txt`)).toBe('one\ntwo\n');
  });

  it.each([
    ['../a.txt', /`\.\.`/],
    ['src/../../x', /`\.\.`/],
    ['/etc/passwd', /absolute/],
    ['out/plain.txt', /symbolic link/],
    ['link.txt', /symbolic link/],
    ['environ', /symbolic link/],
    ['alias/b.ts', /own name is src\/b\.ts/],
    ['store/config', /symbolic link/],
    ['.git/config', /\.git/],
    ['.GIT/config', /\.git/],
    ['.g\u200cit/config', /\.git/],
    ['.git./config', /dot|\.git/],
    ['git~1/config', /\.git/],
    ['a.txt\0.png', /control/],
    ['a.txt::$DATA', /Windows/],
    ['C:\\Windows', /backslash/],
    ['c:/x', /Windows/],
    ['\\\\host\\share', /backslash/],
    ['//host/share', /another machine/],
    ['~/x', /home/],
    ['', /empty/],
    ['src', /folder/],
    ['A.TXT', /not there|another case/],
    ['.env', /credentials/],
    ['.ENV', /credentials/],
    ['.env.', /dot|credentials/],
    ['config/server.pem', /credentials/],
    ['deep/.ssh/config', /credentials/],
    ['ignored/x.txt', /ignored by git/],
    ['settings.local', /ignored by git/],
    ['image.png', /binary/],
    ['huge.txt', /bytes/],
    ['pipe', /neither a file|not shown/],
    ['nothing.txt', /not there/],
  ])('refuses %j and says why', async (path, why) => {
    const said = await read(path);
    expect(said).toMatch(/^refused: /);
    expect(said).toMatch(why);
    expect(said).not.toContain(secret);
  });

  it('lists neither secrets nor what is ignored, and counts the former', async () => {
    const { files, secret: count } = await (jail?.files() ?? Promise.reject(new Error('no jail')));
    expect(files).toEqual(expect.arrayContaining(['a.txt', 'src/b.ts', '.gitignore']));
    expect(files.filter((path) => isSecretPath(path) || path.startsWith('ignored') || path.includes('.git/'))).toEqual(
      [],
    );
    expect(count).toBe(3);
  });

  it(`never leaves the tree, however a path is spelled (seed ${seed})`, async () => {
    const part = fc.constantFrom(
      ...[
        '..',
        '.',
        'src',
        'out',
        'alias',
        'store',
        'deep',
        '.ssh',
        '.git',
        'plain.txt',
        'link.txt',
        '.env',
        'config',
        'HEAD',
        'a.txt',
        'b.ts',
        'ignored',
        'x.txt',
      ],
      ...[
        '',
        '~',
        'C:',
        '...',
        '.. ',
        '..\\',
        '%2e%2e',
        '\u2024\u2024',
        '\uff0e\uff0e',
        '\0',
        'proc',
        'self',
        'environ',
        'etc',
        'passwd',
        'SRC',
        '.GIT',
      ],
    );
    const spelling = fc.tuple(
      fc.constantFrom('', '/', './', '//', `${outside}/`, `${tree?.root}/`, '\\'),
      fc.array(part, { maxLength: 7 }),
      fc.constantFrom('/', '//', '\\', '/./'),
    );
    await fc.assert(
      fc.asyncProperty(spelling, async ([start, parts, between]) => {
        const path = `${start}${parts.join(between)}`;
        const said = await read(path);
        expect(said, path).not.toContain(secret);
        if (!said.startsWith('refused: ')) expect(['one\ntwo\n', 'export const b = 1;\n'], path).toContain(said);
        const spelled = spelledPath(path, []);
        if (spelled.kind === 'inside') expect(spelled.path.split('/'), path).not.toContain('..');
      }),
      { seed, numRuns: runsOf(400) },
    );
  });

  it('is not fooled by a folder that is exchanged for a link while it reads', async () => {
    const root = tree?.root ?? '';
    await mkdir(join(root, 'race'));
    await writeFile(join(root, 'race/plain.txt'), 'harmless');
    await symlink(outside, join(root, 'race-link'));
    const listed = await openJail({ root, env: gitEnv, signal });
    await listed.files();
    let isOver = false;
    const exchange = (async () => {
      while (!isOver) {
        await rename(join(root, 'race'), join(root, 'race-kept'));
        await rename(join(root, 'race-link'), join(root, 'race'));
        await rename(join(root, 'race'), join(root, 'race-link'));
        await rename(join(root, 'race-kept'), join(root, 'race'));
        for (let turn = 0; turn < 20; turn += 1) await realpath(join(root, 'a.txt'));
      }
    })();
    const said: string[] = [];
    for (let turn = 0; turn < 500; turn += 1) {
      const found = await listed.read('race/plain.txt');
      said.push(found.kind === 'text' ? found.exact : 'refused');
    }
    isOver = true;
    await exchange;
    expect(new Set(said)).toEqual(new Set(['harmless', 'refused']));
  });

  it('goes by names where there is no repository', async () => {
    const plain = await makeTree({ 'a.txt': 'a', '.env': secret, '.hidden/x': 'x', 'node_modules/p/i.js': '' });
    const opened = await openJail({ root: plain.root, env: { ...gitEnv, GIT_CEILING_DIRECTORIES: tmpdir() }, signal });
    expect((await opened.files()).files).toEqual(['a.txt']);
    expect(opened.rule).toMatch(/no repository/);
    expect((await opened.read('.hidden/x')).kind).toBe('refused');
    await plain.remove();
  });
});
