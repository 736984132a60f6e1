import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GitTree, gitEnv, makeGitTree } from '../../../test/support/git-tree.ts';
import { chooseSandbox, type SandboxNeed, sandboxOrder } from './choose-sandbox.ts';
import { type JailedResult, runJailed } from './run-jailed.ts';
import type { Sandbox } from './sandbox.ts';

const secret = 'inside-secret-1234567';
const { signal } = new AbortController();
const path = process.env.PATH ?? '';
const kinds = ['bubblewrap', 'unshare'] as const;
const working: readonly Sandbox['id'][] = (
  await Promise.all(
    kinds.map(async (id) =>
      (await chooseSandbox('reading', { path, signal, among: [id] })) === undefined ? [] : [id],
    ),
  )
).flat();

let [tree, beside]: [GitTree | undefined, string] = [undefined, ''];
beforeAll(async () => {
  tree = await makeGitTree({
    'a.txt': 'one\n',
    '.env': `SHOP=${secret}\n`,
    'keys/id_rsa': secret,
    'deep/.ssh/config': secret,
    'app/.npmrc': secret,
  });
  tree.git('config', 'alias.pwn', '!echo pwned');
  tree.git('config', 'http.extraheader', `Authorization: ${secret}`);
  beside = await realpath(await mkdtemp(join(tmpdir(), 'godwit-beside-')));
  await writeFile(join(beside, 'x.txt'), secret);
});
afterAll(async () => {
  await tree?.remove();
  await rm(beside, { recursive: true, force: true });
});

type Asked = {
  readonly among: Sandbox['id'];
  readonly need?: SandboxNeed;
  readonly timeoutMs?: number;
  readonly stop?: AbortSignal;
};

async function run(script: string, { among, need = 'reading', timeoutMs = 30_000, stop = signal }: Asked) {
  const root = await realpath(tree?.root ?? '');
  const env = { ...gitEnv, PATH: path, SHOP_TOKEN: 'environment-secret-1', DATABASE_URL: 'postgres://u:pw@h/db' };
  return runJailed({ script, need, timeoutMs }, { root, env, signal: stop, among: [among] });
}

function outputOf(result: JailedResult): string {
  return result.kind === 'ran' ? result.output : `refused: ${result.why}`;
}

/** Processes of this machine in whose command line a mark stands. */
function processesWith(mark: string): readonly string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return false;
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'latin1').includes(mark);
    } catch {
      return false;
    }
  });
}

it('some sandbox works where the tests run on Linux', () => {
  if (process.platform === 'linux') expect(working).not.toEqual([]);
});

it.each([
  ['reading', ['bubblewrap', 'unshare', 'none'], ['bubblewrap', 'read-only']],
  ['reading', ['unshare', 'none'], ['unshare', 'read-only']],
  ['reading', ['none'], ['none', 'read-only']],
  ['project-code', ['bubblewrap', 'unshare', 'none'], ['unshare', 'thrown-away']],
  ['project-code', ['bubblewrap', 'none'], ['bubblewrap', 'read-only']],
  ['project-code', ['none'], undefined],
] as const)('for %s among %j the choice is %j, as far as they work here', async (need, among, wanted) => {
  const chosen = await chooseSandbox(need, { path, signal, among });
  const isWhole = ['bubblewrap', 'unshare'].every((id) => working.some((one) => one === id));
  if (isWhole || wanted === undefined || wanted[0] === 'none')
    return expect(chosen === undefined ? undefined : [chosen.sandbox.id, chosen.layer]).toEqual(wanted);
  const left = sandboxOrder[need].filter(
    ({ id }) => among.some((one) => one === id) && (id === 'none' || working.includes(id)),
  );
  expect(chosen?.sandbox.id).toBe(left[0]?.id);
});

it('runs no code of the project where nothing keeps it apart', async () => {
  expect(outputOf(await run('echo ran', { among: 'none', need: 'project-code' }))).toMatch(/^refused: .*sandbox only/);
});

describe.each(kinds)('%s', (among) => {
  const test = it.runIf(working.includes(among));

  test('runs at the top of the tree, and says what it is', async () => {
    const result = await run('pwd; cat a.txt', { among });
    expect(result).toMatchObject({ kind: 'ran', exitCode: 0, ended: undefined });
    expect(outputOf(result)).toBe(`${await realpath(tree?.root ?? '')}\none\n`);
    expect(result.kind === 'ran' ? result.says : '').toMatch(new RegExp(`sandbox \\(${among}\\): no network`));
  });

  test('reaches no listener of the machine', async () => {
    const heard: string[] = [];
    const server = createServer((socket) => {
      heard.push('a connection');
      socket.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const own = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ family }) => family === 'IPv4');
    const code = `for (const host of ${JSON.stringify(['127.0.0.1', ...own.map((one) => one.address)])}) require('net').connect(${port}, host).on('connect', () => console.log('CONNECTED')).on('error', (e) => console.log('failed', e.code)); require('dns').lookup('example.com', (e) => console.log('dns', e && e.code));`;
    const said = outputOf(await run(`node -e ${quote(code)}`, { among }));
    await new Promise((resolve) => server.close(resolve));
    expect(said).toContain('failed');
    expect(said).not.toContain('CONNECTED');
    expect(heard).toEqual([]);
  });

  test('has none of the environment, and nothing else of the machine', async () => {
    const said = outputOf(
      await run(`env; cat ${beside}/x.txt; ls / /etc ~ /home /root; cat /etc/shadow /proc/1/environ`, { among }),
    );
    expect(said).not.toMatch(/environment-secret|postgres:|inside-secret|SHOP_TOKEN|root:[$*!]/);
    expect(said).toMatch(/^HOME=\/tmp\/home$/m);
  });

  test.each(['reading', 'project-code'] as const)(
    'covers credentials, and nobody inside uncovers them (%s)',
    async (need) => {
      const tries = [
        'cat .env keys/id_rsa deep/.ssh/config app/.npmrc',
        'cat "$(pwd)/.env" /proc/self/root$(pwd)/.env /proc/self/cwd/.env',
        'umount .env; umount -l .env; mount -o remount,rw .env; cat .env',
        'unshare -Urm sh -c "umount -l .env; cat .env"',
        'rm -f .env; mv keys keys2; cat keys2/id_rsa; ln .env copy; cat copy',
        'tar cf - . 2>/dev/null | grep -a inside-secret',
        "node -e \"for (const f of ['.env', 'keys/id_rsa']) try { console.log(require('fs').readFileSync(f, 'utf8')) } catch (e) { console.log(e.code) }\"",
        ...(need === 'project-code'
          ? ['git show HEAD:.env; git cat-file --batch-all-objects --batch; grep -ra inside-secret .git']
          : []),
      ];
      for (const script of tries)
        expect(outputOf(await run(script, { among, need })), script).not.toContain('inside-secret');
    },
  );

  test('shows git without settings that name programs or credentials', async () => {
    const said = outputOf(await run('git log --oneline; git pwn; git config --list; cat .git/config', { among }));
    expect(said).toMatch(/start/);
    expect(said).not.toMatch(/inside-secret|pwned/);
  });

  test.each(['reading', 'project-code'] as const)('leaves the tree and the machine as they were (%s)', async (need) => {
    await run(
      `echo x > new.txt; echo x >> a.txt; rm -rf deep; echo x > .git/hooks/post-commit; echo x > ${beside}/y.txt; echo x > /usr/godwit-was-here; true`,
      { among, need },
    );
    expect(tree?.git('status', '--porcelain')).toBe('');
    expect(readdirSync(beside)).toEqual(['x.txt']);
    expect(readdirSync('/usr')).not.toContain('godwit-was-here');
    expect(readdirSync(join(tree?.root ?? '', '.git/hooks'))).not.toContain('post-commit');
  });

  test('ends a process that ignores every signal, with all that it has started', async () => {
    const mark = `6${among.length}123.25`;
    const script = `trap '' TERM INT HUP; (trap '' TERM; setsid sleep ${mark}) & sleep ${mark}; sleep ${mark}`;
    const result = await run(script, { among, timeoutMs: 1_500 });
    expect(result.kind === 'ran' ? result.ended : '').toMatch(/seconds were over/);
    expect(processesWith(mark)).toEqual([]);
  });

  test('ends on abort', async () => {
    const mark = `7${among.length}123.25`;
    const controller = new AbortController();
    const ended = run(`trap '' TERM; setsid sleep ${mark} & sleep ${mark}`, { among, stop: controller.signal });
    const isStarted = expect.poll(() => processesWith(`sleep\0${mark}`).length, { timeout: 20_000 }).toBeGreaterThan(0);
    await isStarted;
    controller.abort(new Error('stopped by the test'));
    await expect(ended).rejects.toThrow('stopped by the test');
    expect(processesWith(mark)).toEqual([]);
  });

  test('bounds what multiplies', async () => {
    const result = await run('i=0; while [ $i -lt 3000 ]; do sleep 60 & i=$((i+1)); done; wait', {
      among,
      timeoutMs: 30_000,
    });
    const said = result.kind === 'ran' ? `${result.ended} ${result.output}` : '';
    expect(said).toMatch(/processes at once|[Ff]ork/);
  });

  test('bounds memory and files', async () => {
    const eats = `const a = []; try { for (;;) a.push(Buffer.alloc(2 ** 26, 1)); } catch (e) { console.log('stopped at', a.length); }`;
    const eaten = await run(`node -e ${quote(eats)}; echo after`, { among, timeoutMs: 60_000 });
    expect(eaten.kind === 'ran' ? `${eaten.ended} ${eaten.output}` : '').toMatch(
      /bytes of memory|stopped at|Killed|memory/,
    );
    const written = outputOf(await run('head -c 900000000 /dev/zero > /tmp/big; ls -l /tmp/big', { among }));
    expect(Number(/ (\d+) \w+ +\d+ [\d:]+ \/tmp\/big/.exec(written)?.[1] ?? '0')).toBeLessThan(600_000_000);
  });

  test('keeps a linked work tree readable', async () => {
    const linked = join(beside, '..', `${among}-linked-${process.pid}`);
    tree?.git('worktree', 'add', '-q', linked);
    const root = await realpath(linked);
    const said = await runJailed(
      { script: 'git log --oneline; git rev-parse --abbrev-ref HEAD', need: 'reading', timeoutMs: 30_000 },
      { root, env: { ...gitEnv, PATH: path }, signal, among: [among] },
    );
    expect(outputOf(said)).toMatch(/^\w+ start\n[\w-]+\n$/);
    tree?.git('worktree', 'remove', '--force', linked);
  });
});

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
