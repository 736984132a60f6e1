import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verbs } from '#app/verbs/index';
import { commands } from './commands/index.ts';
import { fishCompletion } from './completion-fish.ts';
import { completionScript } from './completion-script.ts';
import { completionWords } from './completion-words.ts';

const root = resolve(import.meta.dirname, '../../..');
const installed = spawnSync('bash', [join(root, '.ci/install-tools')], { encoding: 'utf8' });
const isThere = (shell: string) => spawnSync(shell, ['--version']).status === 0;
for (const shell of ['fish', 'zsh'])
  if (!isThere(shell)) process.stderr.write(`SKIPPED: the completion of ${shell}: ${installed.stderr}\n`);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'godwit-completion-'));
  mkdirSync(join(folder, 'migrations/20260101-users-1a2b3c4d'), { recursive: true });
  writeFileSync(join(folder, 'change.sql'), '');
  const words = completionWords([...verbs, ...commands], ['jest-to-vitest', 'commonjs-to-esm']);
  writeFileSync(join(folder, 'script'), completionScript(words));
  writeFileSync(join(folder, 'script.fish'), fishCompletion(words));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What bash offers where the line ends. */
function offered(...words: readonly string[]): readonly string[] {
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const program = `source ./script; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _godwit; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-euc', program], { cwd: folder, encoding: 'utf8' })
    .split('\n')
    .filter((line) => line !== '');
}

it.each<readonly [readonly string[], readonly string[]]>([
  [
    ['godwit', 're'],
    ['rehearse', 'resume', 'report', 'recipe'],
  ],
  [['godwit', 'recipe', 'r'], ['run']],
  [
    ['godwit', 'plan', '--up'],
    ['--up', '--upgrade'],
  ],
  [['godwit', '--target', 'live', 'apply', '--conf'], ['--confirm']],
  [['godwit', 'plan', '--recipe', 'j'], ['jest-to-vitest']],
  [['godwit', 'recipe', 'run', 'c'], ['commonjs-to-esm']],
  [['godwit', 'apply', ''], ['migrations/20260101-users-1a2b3c4d']],
  [['godwit', 'plan', '--from', 'ch'], ['change.sql']],
  [['godwit', '--vers'], ['--version']],
])('%j is completed', (words, wanted) => expect(offered(...words)).toEqual(wanted));

it('offers the values that a flag may have', () =>
  expect(offered('godwit', 'lint', '--format', 's')).toContain('sarif'));

/** What fish offers for a line, with the summaries that it shows beside. */
function offeredByFish(line: string): readonly string[] {
  const program = `source ./script.fish; complete -C ${JSON.stringify(line)}`;
  const env = { PATH: process.env.PATH, HOME: folder };
  return execFileSync('fish', ['--no-config', '-c', program], { cwd: folder, encoding: 'utf8', env })
    .split('\n')
    .filter((word) => word !== '');
}

it.skipIf(!isThere('fish')).each<readonly [string, readonly string[]]>([
  ['godwit re', ['recipe', 'rehearse', 'report', 'resume']],
  ['godwit recipe r', ['run']],
  ['godwit plan --upg', ['--upgrade']],
  ['godwit --target live apply --conf', ['--confirm']],
  ['godwit plan --recipe j', ['jest-to-vitest']],
  ['godwit recipe run common', ['commonjs-to-esm']],
  ['godwit apply ', ['migrations/20260101-users-1a2b3c4d']],
  ['godwit plan --from ch', ['change.sql']],
  ['godwit lint --format sar', ['sarif']],
  ['godwit lint ch', ['change.sql']],
])('fish completes `%s`', (line, wanted) =>
  expect(
    offeredByFish(line)
      .map((word) => word.split('\t')[0])
      .sort(),
  ).toEqual(wanted),
);

it.skipIf(!isThere('fish'))('fish shows the summaries beside', () =>
  expect(offeredByFish('godwit rol').join()).toContain('\t'),
);

it.skipIf(!isThere('zsh'))('zsh completes what is typed at its prompt', () => {
  writeFileSync(join(folder, 'called.zsh'), 'godwit() { print -r -- "GOT:$*:" }\n');
  const program = `
    zmodload zsh/zpty
    zpty z zsh -f -i
    zpty -w z 'autoload -Uz compinit bashcompinit; compinit -u -D; bashcompinit; source ./script; source ./called.zsh'
    for typed in $'recipe r\\t' $'plan --upg\\t' $'plan --recipe j\\t'; do
      zpty -w z "godwit $typed"
      zpty -r z answer '*GOT:*:*'
      print -r -- "$answer"
    done
    zpty -d z`;
  const env = { PATH: process.env.PATH, HOME: folder, TERM: 'dumb' };
  const said = execFileSync('zsh', ['-f', '-c', program], { cwd: folder, encoding: 'utf8', env, timeout: 50_000 });
  const got = [...said.matchAll(/GOT:(.*?) ?:/g)].map(([, words]) => words);
  expect(got).toEqual(['recipe run', 'plan --upgrade', 'plan --recipe jest-to-vitest']);
});
