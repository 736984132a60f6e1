import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stateOfTree } from '../../../test/support/git-tree.ts';
import { document, errorSchema } from '../../../test/support/godwit.ts';
import { copiesOfNotes } from '../../../test/support/notes-tree.ts';
import { thereAndBack } from '../../../test/support/there-and-back.ts';
import { planned, ran, type UpgradeTree } from '../../../test/support/upgrade-tree.ts';

const copied = copiesOfNotes('moves.md');

it('moves are applied through the gate, seen by git as renames, taken back byte for byte, and applied again', async () => {
  const tree = await copied();
  await writeFile(join(tree.root, 'mine.txt'), 'not tracked\r\n');
  const wishes = [
    '--move',
    'src/text.js=src/words/text.js',
    '--move',
    'src/tool.js=bin/',
    '--move',
    'src/pixel.bin=art/',
  ];
  const { plan, dir } = document(await tree.run('plan', ...wishes, '--json'), planned);
  expect(plan.phases.map(({ id }) => id)).toEqual(['prepare', 'move', 'gate-move', 'finish']);
  expect(plan.findings?.map(({ rule, file, line }) => `${rule} ${file}:${line}`)).toEqual(['move/mention README.md:1']);
  const page = await readFile(join(dir, 'PLAN.md'), 'utf8');
  expect(page).toContain("-const { text } = require('./text');\r\n+const { text } = require('./words/text');");
  expect(page).toContain(
    '`godwit plan --move src/text.js=src/words/text.js --move src/tool.js=bin/ --move src/pixel.bin=art/`',
  );
  await thereAndBack(tree, plan.id, async () => {
    expect(
      tree
        .git('diff', '--name-status', '--find-renames', 'main', 'HEAD')
        .trim()
        .split('\n')
        .map((line) => line.split('\t')[0]),
    ).toEqual(['R100', 'R100', 'M', 'M', 'R100']);
    expect((await stat(join(tree.root, 'bin/tool.js'))).mode & 0o777).toBe(0o755);
  });
}, 120_000);

it('a file that changes beyond what git recognises is moved and edited in two commits', async () => {
  const tree = await copied();
  const { plan } = document(await tree.run('plan', '--move', 'src/tiny.js=lib/far/tiny.js', '--json'), planned);
  expect(plan.phases[1]?.steps.map(({ id }) => id)).toEqual(['move-files', 'move-edits']);
  expect(document(await tree.run('apply', '--json'), ran).state).toBe('done');
  expect(tree.git('log', '--format=%s', '-2').trim().split('\n')).toEqual([
    'Follow the move',
    'Move src/tiny.js to lib/far/tiny.js',
  ]);
  expect(tree.git('show', 'HEAD:lib/far/tiny.js')).toBe("exports.tiny = require('../../src/text');\n");
});

describe('what stands in the way of a move is said, and nothing is touched', () => {
  const cases: Readonly<
    Record<string, readonly [moves: readonly string[], code: string, make?: (tree: UpgradeTree) => Promise<unknown>]>
  > = {
    'a dirty tree': [
      ['src/text.js=src/b.js'],
      'dirty-tree',
      (tree) => writeFile(join(tree.root, 'src/text.js'), 'changed'),
    ],
    'no equals sign': [['src/text.js'], 'bad-input'],
    'a file that is not there': [['src/none.js=src/b.js'], 'bad-input'],
    'a file that git does not track': [
      ['new.js=src/new.js'],
      'bad-input',
      (tree) => writeFile(join(tree.root, 'new.js'), ''),
    ],
    'a way out of the tree': [['src/text.js=../text.js'], 'bad-input'],
    'a symbolic link': [['src/link.js=src/other.js'], 'bad-input'],
    'a file to which a symbolic link leads': [['src/index.js=src/main.js'], 'unsafe-change'],
    'a folder with a symbolic link': [['src=lib'], 'bad-input'],
    'a target that is there': [['src/text.js=src/index.js'], 'name-taken'],
    'a target that is a folder': [['src/text.js=test'], 'bad-input'],
    'a target below a file': [['src/text.js=README.md/text.js'], 'name-taken'],
    'a target that git does not track': [
      ['src/text.js=src/new.js'],
      'name-taken',
      (tree) => writeFile(join(tree.root, 'src/new.js'), ''),
    ],
    'a target that git ignores': [['src/text.js=built/text.js'], 'bad-input'],
    'a folder into itself': [['test=test/more'], 'bad-input'],
    'two files to one place': [['src/text.js=lib/a.js', 'src/index.js=lib/a.js'], 'name-taken'],
    'one file to two places': [['src/text.js=lib/a.js', 'src/text.js=lib/b.js'], 'bad-input'],
    'a pattern to a file': [['src/*.js=lib/a.js'], 'bad-input'],
    'another case where case does not count': [
      ['src/text.js=src/Text.js'],
      'name-taken',
      async (tree) => tree.git('config', 'core.ignorecase', 'true'),
    ],
    'a package.json': [['package.json=lib/package.json'], 'not-built'],
    'an import that nothing can be written for': [
      ['src/text.js=src/made.js'],
      'unsafe-change',
      async (tree) => {
        await mkdir(join(tree.root, 'more'));
        await writeFile(join(tree.root, 'more/later.js'), "require('../src/made');\n");
        tree.git('add', '--all');
        tree.git('commit', '--quiet', '--message=more');
      },
    ],
    'two intents': [['src/text.js=src/b.js', '--upgrade', 'uuid@8'], 'bad-input'],
  };
  for (const [name, [moves, code, make]] of Object.entries(cases)) {
    it(name, async () => {
      const tree = await copied();
      await make?.(tree);
      const before = stateOfTree(tree);
      const args = moves.flatMap((one, at) => (one.includes('=') || at === 0 ? ['--move', one] : [one]));
      const answer = await tree.run('plan', ...args, '--json');
      expect(document(answer, errorSchema).error.code).toBe(code);
      expect(stateOfTree(tree)).toEqual(before);
    });
  }

  it('a move to where it is is nothing to do', async () => {
    const tree = await copied();
    const answer = await tree.run('plan', '--move', 'src/text.js=src/text.js', '--json');
    expect(answer.exit).toBe(0);
    expect(JSON.parse(answer.stdout)).toEqual({ plan: null, dir: null });
  });
});
