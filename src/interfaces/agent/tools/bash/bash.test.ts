import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outWays, secretWays } from '../../../../../test/support/forbidden-lines.ts';
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
    'src/keys.ts':
      'export const password = "hunter2-of-keys";\nexport const at = "postgres://shop:url-pass@db.example/shop";\n',
    'test/print.test.js': 'console.log(\'password = "printed-by-test";\');\n',
    'test/ok.test.js': "require('node:test')('works', () => console.log('ran in', process.cwd()));\n",
    '.env': `SHOP=${secret}\n`,
    'config/id_rsa': secret,
    'package.json': JSON.stringify({
      name: 'shop',
      scripts: {
        test: 'node --test test/',
        reset: 'prisma migrate reset',
        'test:reset': 'prisma migrate reset',
        deploy: 'echo deployed',
      },
    }),
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
  return tool.execute(
    { command, timeoutSeconds },
    { root: tree?.root ?? '', env, signal: new AbortController().signal, maxAnswer: 20_000 },
  );
}
/** What stands between the marks. */
const dataOf = ({ text }: ToolAnswer): string => /\n(data-\S+)\n([\s\S]*)\n\1$/.exec(text)?.[2] ?? '';

describe.each([
  ['as the machine has it', bash],
  ['without a sandbox', bashAmong(['none'])],
] as const)('commands, %s', (_, tool) => {
  it.each([
    ['cat a.txt', 'one\ntwo\nthree'],
    ['head -n 2 a.txt | tail -1', 'two'],
    ['sed -n 2,3p a.txt', 'two\nthree'],
    ["grep -n 'th.*e' a.txt", '3:three'],
    ['cat a.txt | sort | uniq -c | wc -l', '3'],
    ['ls src/[bc]*.ts', 'src/b.ts\nsrc/c d.ts'],
    ['cat "src/c d.ts" && false || echo no', 'export const c = 2;\nno'],
    ['cat -- -rf', 'a file with a name like a flag'],
    ["echo '; touch x' \"&& id\" \\| '$(id)'", '; touch x && id | $(id)'],
    ['find src -name "[bc]*.ts" -type f | sort', 'src/b.ts\nsrc/c d.ts'],
    ['git log --oneline --format=%s', 'start'],
    ['git show HEAD:a.txt | head -1', 'one'],
    ['git status --short', ''],
    ['git ls-files src', 'src/b.ts\nsrc/c d.ts\nsrc/keys.ts'],
    ['git show HEAD --name-only --format=%s -- src', 'start\n\nsrc/b.ts\nsrc/c d.ts\nsrc/keys.ts'],
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

  it.each([
    "grep -o 'hunter.*' src/keys.ts",
    'cut -c 27- src/keys.ts',
    "cat src/keys.ts | tr -d '\"'",
    "nl src/keys.ts | tr '@' ' '",
    'cat src/keys.ts | cut -c 27-40',
    "sed -n 1,1p src/keys.ts | cut -d '\"' -f 2",
    "cat src/*.ts | tr 'h' 'H'",
    'head -c 34 src/keys.ts',
    'tail -c 40 src/keys.ts | head -c 38',
    'diff a.txt src/keys.ts | cut -c 29-',
    'sort src/keys.ts | uniq | cut -c 27-',
    'git show HEAD:src/keys.ts | cut -c 27-',
    "git log -p | tr -d '\"'",
    "git show --word-diff=porcelain HEAD -- src/keys.ts | tr '@' ' '",
    "git blame src/keys.ts | grep -o 'hunter.*'",
    "node --test test/print.test.js 2>&1 | tr -d '\"'",
    "true; git diff HEAD | cut -c 3- && cat src/keys.ts | tr '@' ' '",
  ])('to a value in a file that has another name, by taking it apart: %s', async (command) => {
    for (const tool of [bash, bashAmong(['none'])]) {
      const { text } = await call(command, tool);
      expect(text).not.toMatch(/unter2-of|url-pas|printed-by/);
    }
  });

  it.each([
    'git log -S hunter2',
    'git log -Shunter2',
    'git log -pS hunter2 -- src/keys.ts',
    'git log -G hunter',
    'git diff HEAD -Ghunter',
    'git show HEAD -S hunter --pickaxe-regex',
    'git log --pickaxe-all',
    'git grep hunter2',
    'git grep -c hunter2 HEAD',
    'git grep --cached -q hunter2',
    "git blame -L '/hunter2/,+1' src/keys.ts",
    "git blame -wL'/hunter2/' src/keys.ts",
    'git blame -L :hunter src/keys.ts',
  ])('to a hidden value by asking git whether it is there: %s', async (command) => {
    for (const tool of [bash, bashAmong(['none'])]) {
      const { ok, text } = await call(command, tool);
      expect({ ok, isRun: /Exit code|It was ended/.test(text) }, text).toEqual({ ok: false, isRun: false });
      expect(text).toMatch(/`grep`/);
    }
  });

  it('says what is on the list where something is not', async () => {
    expect((await call('curl http://x')).text).toMatch(
      /"curl" is not on the list\. What can be run: ls, cat, .*git \(log/,
    );
  });

  it(`whatever words are put behind a program of the list (seed ${seed})`, async () => {
    const word = fc.constantFrom(
      '.env',
      './.env',
      'HEAD:.env',
      blob,
      '/etc/passwd',
      '..',
      '--',
      '-o',
      'pwned',
      '-exec',
      'cat',
      '{}',
      ';',
      '-p',
      '-c',
      '--output=pwned',
      '*',
      '.e*',
      'a.txt',
      '-n',
      '2',
      '-f',
      '|',
      '&&',
      '>',
      '$(touch pwned)',
      '`touch pwned`',
      "'",
      '"',
      'leak',
      '--all',
      '-i',
      '-e',
      '-r',
      '@',
      ':/',
      'HEAD',
    );
    const program = fc.constantFrom(
      'cat',
      'git show',
      'git log',
      'git diff',
      'git blame',
      'head',
      'grep',
      'sort',
      'find',
      'ls',
      'uniq',
      'sed -n',
      'diff',
      'node',
      'echo',
      'wc',
    );
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
    await expect(bash.execute({ command: 'ls', timeoutSeconds: 5 }, surroundings)).rejects.toThrow(
      'stopped by the test',
    );
  });
});
