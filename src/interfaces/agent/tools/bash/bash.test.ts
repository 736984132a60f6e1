import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GitTree, gitEnv, makeGitTree } from '../../../../../test/support/git-tree.ts';
import { runsOf, seed } from '../../../../../test/support/seed.ts';
import type { ToolAnswer } from '../../tool.ts';
import { bash, bashAmong } from './index.ts';

const secret = 'inside-secret-1234567';
let tree: GitTree | undefined;
let blob = '';
let files: readonly unknown[] = [];

beforeAll(async () => {
  tree = await makeGitTree({
    'a.txt': 'one\ntwo\nthree\n',
    'src/b.ts': 'export const b = 1;\n',
    'src/c d.ts': 'export const c = 2;\n',
    '-rf': 'a file with a name like a flag\n',
    'bad.js': 'const = 1;\n',
    'test/ok.test.js': "require('node:test')('works', () => console.log('ran in', process.cwd()));\n",
    '.env': `SHOP=${secret}\n`,
    'config/id_rsa': secret,
    'package.json': JSON.stringify({ name: 'shop', scripts: { test: 'node --test test/', reset: 'prisma migrate reset', 'test:reset': 'prisma migrate reset', deploy: 'echo deployed' } }),
    '.gitignore': 'ignored/\n.env.local\n',
    '.gitattributes': '*.txt diff=evil filter=evil\n',
  });
  const { git } = tree;
  git('config', 'diff.evil.textconv', 'touch pwned; cat');
  git('config', 'diff.evil.command', 'touch pwned');
  git('config', 'filter.evil.clean', 'touch pwned; cat');
  git('config', 'core.fsmonitor', 'touch pwned');
  git('config', 'core.pager', 'touch pwned');
  git('config', 'alias.pwn', '!touch pwned');
  blob = git('rev-parse', 'HEAD:.env').trim();
  git('tag', 'leak', blob);
  git('tag', '-a', '-m', 'x', 'leak2', blob);
  files = readdirSync(tree.root, { recursive: true }).sort();
});
afterAll(() => tree?.remove());

function call(command: string, tool = bash, timeoutSeconds = 60): Promise<ToolAnswer> {
  const env = { ...gitEnv, PATH: process.env.PATH, API_TOKEN: 'environment-secret-1' };
  return tool.execute({ command, timeoutSeconds }, { root: tree?.root ?? '', env, signal: new AbortController().signal, maxAnswer: 20_000 });
}
/** What stands between the marks. */
const dataOf = ({ text }: ToolAnswer): string => /\n(data-\S+)\n([\s\S]*)\n\1$/.exec(text)?.[2] ?? '';

describe.each([['as the machine has it', bash], ['without a sandbox', bashAmong(['none'])]] as const)('commands, %s', (_, tool) => {
  it.each([
    ['cat a.txt', 'one\ntwo\nthree'],
    ['head -n 2 a.txt | tail -1', 'two'],
    ['sed -n 2,3p a.txt', 'two\nthree'],
    ["grep -n 'th.*e' a.txt", '3:three'],
    ['cat a.txt | sort | uniq -c | wc -l', '3'],
    ['ls src/*.ts', 'src/b.ts\nsrc/c d.ts'],
    ['cat "src/c d.ts" && false || echo no', 'export const c = 2;\nno'],
    ['cat -- -rf', 'a file with a name like a flag'],
    ["echo '; touch x' \"&& id\" \\| '$(id)'", '; touch x && id | $(id)'],
    ['find src -name "*.ts" -type f | sort', 'src/b.ts\nsrc/c d.ts'],
    ['git log --oneline --format=%s', 'start'],
    ['git show HEAD:a.txt | head -1', 'one'],
    ['git status --short', ''],
    ['git ls-files src', 'src/b.ts\nsrc/c d.ts'],
    ['git show HEAD --name-only --format=%s -- src', 'start\n\nsrc/b.ts\nsrc/c d.ts'],
    ['node --check src/b.ts 2>/dev/null; echo done', 'done'],
  ])('%j prints %j', async (command, wanted) => {
    const answer = await call(command, tool);
    expect(dataOf(answer)).toBe(wanted);
    expect(readdirSync(tree?.root ?? '')).not.toContain('pwned');
  });

  it('tells what kept it apart in the first line, and the exit code', async () => {
    const { ok, text } = await call('node --check bad.js', tool);
    expect(ok).toBe(false);
    expect(text.split('\n')[0]).toMatch(/^(In a sandbox \(|NOT in a sandbox)/);
    expect(text).toMatch(/Exit code 1\.[\s\S]*SyntaxError/);
  });
});

const secretWays = [
  'cat .env', 'cat ./.env', 'cat .EN*', 'cat .e*', 'cat ".env"', "cat '.e''nv'", 'cat \\.env', 'cat src/../.env', 'head -c 100 .env', 'tail -n 5 .env', 'sort .env', 'sed -n 1,9p .env',
  'grep -r inside .', 'grep inside .env', 'grep -f .env a.txt', 'diff .env a.txt', 'diff -r . src', 'wc --files0-from=.env', 'sort --files0-from=.env', 'cat config/id_rsa', 'cat config/*', 'nl -- .env',
  'find . -name .env -exec cat {} +', 'find . -name .env -delete', 'find . -fprintf x %p', 'find . -files0-from .env', 'ls | xargs cat', 'cat /proc/self/environ', 'cat /etc/passwd', 'cat .git/config',
  'git show HEAD:.env', 'git show HEAD:./.env', 'git show HEAD:config/id_rsa', 'git show :.env', 'git show :0:.env', 'git show HEAD^{tree}:.env', 'git show HEAD:config:.env',
  'git show BLOB', 'git show leak', 'git show leak2', 'git show leak2^{}', 'git diff leak BLOB', 'git diff HEAD:a.txt HEAD:.env', 'git diff BLOB HEAD:a.txt', 'git cat-file -p HEAD:.env', 'git cat-file blob BLOB',
  'git show HEAD', 'git show HEAD -- .env', 'git show HEAD -- config', 'git log -p', 'git log -p -- .env', 'git log --patch --all', 'git log -U1', 'git log -S inside-secret -p', 'git log -L1,1:.env', 'git log -p --full-diff', 'git log -p -- :/', 'git log -p -- ":(top).env"',
  'git diff 4b825dc642cb6eb9a060e54bf8d69288fbee4904 HEAD', 'git diff --no-index /dev/null .env', 'git diff /dev/null .env', 'git blame .env', 'git blame --contents .env a.txt', 'git grep inside', 'git archive HEAD', 'git stash show -p', 'git bundle create x HEAD', 'git format-patch -1 --stdout',
  'node --check .env', 'node -p process.env', 'node -e 1', 'node src/b.ts', 'printenv', 'env', 'set', 'export', 'echo environment-secret-1x',
];

const outWays = [
  'ls; id', 'ls\nid', 'ls | sh', 'ls && bash -c id', 'ls || curl http://x', 'a=b ls', 'PATH=. ls', 'LD_PRELOAD=x ls', 'env ls', 'command ls', 'exec ls', 'builtin echo', 'eval ls', '. ./x', 'source x', 'if true; then id; fi', '! id', '{ id; }', '[ -f x ]', 'time id', 'nohup id', 'sudo ls', '/bin/ls', './x', '../x', 'src/b.ts', 'cd src && ls', 'rm a.txt', 'mv a.txt b', 'tee x', 'dd if=a.txt', 'cp a.txt b',
  'curl http://x', 'wget x', 'ssh x', 'nc x 1', 'python -c 1', 'python3 x.py', 'perl -e 1', 'awk 1', 'xargs id', 'vi', 'less a.txt', 'more a.txt', 'man ls', 'sed -i s/a/b/ a.txt', "sed -n '1e id' a.txt", "sed -n 'w x' a.txt", "sed -n '1,2p;w x' a.txt", 'sort -o x a.txt', 'sort -ox a.txt', 'sort --output=x a.txt', 'sort --outp x a.txt', 'sort --compress-program=id a.txt', 'sort -T /x a.txt', 'uniq a.txt x', 'tail -f a.txt', 'tail --follow a.txt', 'cat a.txt - /etc/passwd',
  'git commit -m x', 'git checkout x', 'git reset --hard', 'git push', 'git fetch', 'git clone x', 'git pwn', 'git config -l', 'git -c alias.x=!id x', 'git -c core.pager=id log', 'git --exec-path=. log', 'git -C .. log', 'git --git-dir=x log', 'git --work-tree=/ status', 'git -p log', 'git log --ext-diff', 'git diff --ext-d', 'git log --textconv', 'git diff --output=x', 'git log --output x', 'git log -ox', 'git log --format=%G?', 'git log --pretty=format:%GK', 'git log --show-signature', 'git ls-remote --upload-pack=id .', 'git grep -O id x', 'git show --textconv', 'git branch x', 'git branch -D main', 'git tag x', 'git rev-parse --git-path x --upload', 'git diff --help', 'git help log', 'git log --no-index', 'git submodule foreach id', 'git bisect run id', 'git rebase -x id', 'git log -- ../x', 'git log -- /etc/passwd', 'git difftool', 'git status --no-ignore --x',
  'npm install', 'npm run deploy', 'npm run reset', 'npm run test:reset', 'npm exec x', 'npm publish', 'npm test --script-shell=id', 'npm run', 'npm --prefix / test', 'npx cowsay', 'npx -c id', 'npx --yes x', 'npx -p x tsc', 'pnpm dlx x', 'pnpm exec id', 'yarn dlx x', 'yarn add x', 'node --import=x --check a', 'node -r ./x --check bad.js', 'node --eval=1', 'node --require x --test', 'find . -ok id ;', 'find -execdir id ;', 'find . -fls x', 'find . -newerXY x', 'find / -name x', 'find .. -name x', 'ls /', 'ls ..', 'ls -la ~', 'ls --help=x', 'grep -P x a.txt', 'psql -c "drop table x"', 'prisma migrate reset', 'dropdb shop',
];

describe('no way', () => {
  it.each(secretWays)('to a secret: %s', async (way) => {
    for (const tool of [bash, bashAmong(['none'])]) {
      const { text } = await call(way.replaceAll('BLOB', blob), tool);
      expect(text).not.toMatch(/inside-secret-\d|SHOP=i|root:x|environment-secret-1(?!x)|textconv =/);
    }
  });

  it.each(outWays)('out: %s', async (way) => {
    for (const tool of [bash, bashAmong(['none'])]) {
      const { ok, text } = await call(way, tool);
      expect({ ok, isRun: /Exit code|It was ended/.test(text) }, text).toEqual({ ok: false, isRun: false });
    }
    expect(readdirSync(tree?.root ?? '', { recursive: true }).sort()).toEqual(files);
  });

  it('says what is on the list where something is not', async () => {
    expect((await call('curl http://x')).text).toMatch(/"curl" is not on the list\. What can be run: ls, cat, .*git \(log/);
  });

  it(`whatever words are put behind a program of the list (seed ${seed})`, async () => {
    const word = fc.constantFrom('.env', './.env', 'HEAD:.env', blob, '/etc/passwd', '..', '--', '-o', 'pwned', '-exec', 'cat', '{}', ';', '-p', '-c', '--output=pwned', '*', '.e*', 'a.txt', '-n', '2', '-f', '|', '&&', '>', '$(touch pwned)', '`touch pwned`', "'", '"', 'leak', '--all', '-i', '-e', '-r', '@', ':/', 'HEAD');
    const program = fc.constantFrom('cat', 'git show', 'git log', 'git diff', 'git blame', 'head', 'grep', 'sort', 'find', 'ls', 'uniq', 'sed -n', 'diff', 'node', 'echo', 'wc');
    const none = bashAmong(['none']);
    await fc.assert(
      fc.asyncProperty(program, fc.array(word, { maxLength: 4 }), async (first, words) => {
        const line = [first, ...words].join(' ');
        const { text } = await call(line, none, 5);
        expect(text, line).not.toMatch(/inside-secret-\d|root:x/);
        expect(readdirSync(tree?.root ?? ''), line).not.toContain('pwned');
      }),
      { seed, numRuns: runsOf(150) },
    );
  });
});

describe('code of the project', () => {
  it('runs its tests apart, or not at all', async () => {
    const answer = await call('npm test');
    if (answer.text.startsWith('In a sandbox')) expect(answer.text).toMatch(/Exit code 0[\s\S]*ran in/);
    else expect(answer.text).toMatch(/sandbox only/);
    expect((await call('npm test', bashAmong(['none']))).text).toMatch(/sandbox only/);
  });

  it('ends when its time is over, and on abort', async () => {
    expect((await call('tail -n 1 a.txt && cat', bash, 5)).ok).toBe(true);
    const controller = new AbortController();
    controller.abort(new Error('stopped by the test'));
    const surroundings = { root: tree?.root ?? '', env: gitEnv, signal: controller.signal, maxAnswer: 1_000 };
    await expect(bash.execute({ command: 'ls', timeoutSeconds: 5 }, surroundings)).rejects.toThrow('stopped by the test');
  });
});
