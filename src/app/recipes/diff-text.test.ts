import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runsOf, seed } from '../../../test/support/seed.ts';
import { diffText } from './diff-text.ts';

it('shows what goes and what comes with three lines around', () => {
  const before = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((line) => `${line}\n`).join('');
  const after = before.replace('5\n', 'five\r\n').replace('9\n', '9');
  expect(diffText([{ path: 'a.txt', before, after }])).toBe(
    '--- a/a.txt\n+++ b/a.txt\n@@ -2,8 +2,8 @@\n 2\n 3\n 4\n-5\n+five\r\n 6\n 7\n 8\n-9\n+9\n\\ No newline at end of file\n',
  );
});

it('is what git applies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'godwit-diff-'));
  const line = fc.constantFrom('a\n', 'b\n', 'c\r\n', '\n', 'd');
  const text = fc.array(line, { maxLength: 30 }).map((lines) => lines.join(''));
  try {
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after && before !== '' && after !== '');
        writeFileSync(join(folder, 'x'), before);
        const patch = diffText([{ path: 'x', before, after }]);
        execFileSync('git', ['apply', '--unidiff-zero', '-'], { cwd: folder, input: patch });
        expect(readFileSync(join(folder, 'x'), 'utf8')).toBe(after);
      }),
      { seed, numRuns: runsOf(40) },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('shows new and removed files', () => {
  const changes = [
    { path: 'new', before: undefined, after: 'x\n' },
    { path: 'old', before: 'y\n', after: undefined },
  ];
  expect(diffText(changes)).toBe(
    '--- /dev/null\n+++ b/new\n@@ -0,0 +1,1 @@\n+x\n--- a/old\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-y\n',
  );
});
