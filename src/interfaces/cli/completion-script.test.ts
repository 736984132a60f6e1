import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verbs } from '#app/verbs/index';
import { commands } from './commands/index.ts';
import { completionScript } from './completion-script.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'godwit-completion-'));
  mkdirSync(join(folder, 'migrations/20260101-users-1a2b3c4d'), { recursive: true });
  writeFileSync(join(folder, 'change.sql'), '');
  writeFileSync(
    join(folder, 'script'),
    completionScript([...verbs, ...commands], ['jest-to-vitest', 'commonjs-to-esm']),
  );
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
