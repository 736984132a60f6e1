import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellWord } from '#core/shell';
import { runsOf, seed } from '../../../../../test/support/seed.ts';
import { shellCommands } from '../../../guard/shell-commands.ts';
import { readLine } from './read-line.ts';

/** The line as it is read, in a short form; a pattern is marked. */
function shown(line: string): string {
  const read = readLine(line);
  if (read.kind === 'refused') return `refused: ${read.why}`;
  return read.parts
    .map((part) =>
      part.kind === 'joint'
        ? part.text
        : [...part.words.map(({ kind, text }) => `${kind === 'pattern' ? '~' : ''}<${text}>`), ...part.redirects].join(
            ' ',
          ),
    )
    .join(' ');
}

describe('a line of commands', () => {
  it.each([
    ['ls', '<ls>'],
    ['  ls   -l\t src ', '<ls> <-l> <src>'],
    ['cat \'a b\' "c d" e\\ f', '<cat> <a b> <c d> <e f>'],
    [`echo "it's" 'say "x"' a"b"'c'`, `<echo> <it's> <say "x"> <abc>`],
    ['echo "\\$HOME \\` \\n"', '<echo> <$HOME ` \\n>'],
    ["echo '$HOME `x`'", '<echo> <$HOME `x`>'],
    ['a | b && c || d ; e\nf;', '<a> | <b> && <c> || <d> ; <e> ; <f>'],
    ['a 2>&1 | b > /dev/null 2>/dev/null', '<a> 2>&1 | <b> >/dev/null 2>/dev/null'],
    ['ls src/*.ts "src/*.ts"', '<ls> ~<src/*.ts> <src/*.ts>'],
    ['a \\\n b # the rest\nc', '<a> <b> ; <c>'],
    ['git show HEAD@{1} a#b x=y', '<git> <show> <HEAD@{1}> <a#b> <x=y>'],
    ["echo ''", '<echo> <>'],
  ])('%j is %j', (line, wanted) => expect(shown(line)).toBe(wanted));

  it.each([
    'echo $HOME',
    'echo "$HOME"',
    'echo "a\\\\$HOME"',
    'echo `id`',
    'echo "`id`"',
    'echo $(id)',
    'echo "$(id)"',
    "echo $'\\x41'",
    'echo $((1))',
    'echo $'.concat('{x:-y}'),
    'cat < a',
    'cat << E\nx\nE',
    'cat <<< x',
    'cat <(id)',
    'ls > a',
    'ls >> a',
    'ls 2> a',
    'ls >&2',
    'ls >/dev/nullx',
    'ls > /dev/null/../x',
    'ls &> a',
    'ls >| a',
    'ls & id',
    'ls &',
    '(ls)',
    'a() { ls; }',
    'ls {a,b}',
    'ls {1..9}',
    '~/x',
    'cat ~root/x',
    "echo 'open",
    'echo "open',
    'echo \\',
    '| ls',
    'ls |',
    'ls &&',
    '&& ls',
    'ls || | x',
    'ls\0',
    'ls\r\nid',
    'ls \u001b[0m',
    'ls \u0085',
    '',
    ' ',
    '# nothing',
    `ls ${'x'.repeat(10_000)}`,
    'ls;'.repeat(50),
    "ls '*'*",
  ])('%j is refused', (line) => expect(shown(line)).toMatch(/^refused: \S/));

  it(`has the words that a shell and the guard find in it (seed ${seed})`, () => {
    const piece = fc.constantFrom(
      'a',
      'b c',
      "'",
      '"',
      '\\',
      ' ',
      'x=1',
      '-n',
      ';',
      '|',
      '&&',
      '#',
      '\n',
      '\\\n',
      '/dev/null',
      '2>&1',
      '*',
      '!',
      '{',
      '}',
      '=',
      '^',
      '%',
      ',',
      '\u00e9',
      '\u3000',
      '$',
      '`',
      '(',
      '~',
      '&',
      '<',
      '>',
      'if',
      '[',
      'HEAD@{1}',
    );
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const line = `p ${pieces.join('')}`;
        const read = readLine(line);
        if (read.kind === 'refused') return;
        accepted += 1;
        const commands = read.parts.flatMap((part) =>
          part.kind === 'command' ? [part.words.map(({ text }) => text)] : [],
        );
        const hasPattern = read.parts.some(
          (part) => part.kind === 'command' && part.words.some(({ kind }) => kind === 'pattern'),
        );
        if (commands.length > 1 || hasPattern) return;
        const [words = []] = commands;
        expect(wordsOfShell(line), line).toEqual(words.slice(1));
        expect(wordsOfShell(`p ${words.slice(1).map(shellWord).join(' ')}`), line).toEqual(words.slice(1));
        if (!/[\\\n#!{}]/.test(line)) expect(shellCommands(line)?.[0]?.words, line).toEqual(words);
      }),
      { seed, numRuns: runsOf(300) },
    );
    expect(accepted).toBeGreaterThan(20);
  });
});

/** The words of the one call of `p` in a line, as a shell hands them over. */
function wordsOfShell(line: string): readonly string[] {
  const said = execFileSync('sh', ['-c', `p() { printf '%s\\0' "$#" "$@"; }\n${line}`], { encoding: 'utf8' });
  return said.split('\0').slice(1, -1);
}
