import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stateOfTree } from '../../../test/support/git-tree.ts';
import { document, errorSchema } from '../../../test/support/godwit.ts';
import { inside } from '../../../test/support/godwit-inside.ts';
import { commandsOf, wordsOf } from '../../../test/support/page-commands.ts';
import { copyOf, planned, ran, type UpgradeTree, upgradeTree } from '../../../test/support/upgrade-tree.ts';

const files = {
  'package.json': JSON.stringify({
    name: 'notes',
    version: '1.0.0',
    private: true,
    type: 'module',
    scripts: { test: 'node --test' },
  }),
  'src/users.js':
    "import { notesOf } from './notes.js';\r\n\r\nconst prefix = 'user ';\r\n\r\n/** As it is shown. */\r\nexport function nameOf(id) {\r\n  return prefix + id;\r\n}\r\n\r\nexport function show(id) {\r\n  return nameOf(id) + ': ' + notesOf(id);\r\n}\r\n\r\nexport function count(id) {\r\n  return notesOf(id).length;\r\n}\r\n\r\nexport function isEmpty(id) {\r\n  return notesOf(id) === '';\r\n}\r\n",
  'src/notes.js':
    "import { nameOf } from './users.js';\n\nexport function notesOf(id) {\n  return 'notes of ' + nameOf(id);\n}\n",
  'src/even.js': "import { odd } from './odd.js';\n\nexport const even = (n) => n === 0 || odd(n - 1);\n",
  'src/odd.js': "import { even } from './even.js';\n\nexport const odd = (n) => n !== 0 && even(n - 1);\n",
  'src/text.js':
    "const dash = '-';\n\n/** For addresses. */\nexport const slug = (text) => words(text).join(dash);\n\nexport function words(text) {\n  return text.split(' ');\n}\n\nexport const shout = (text) => text.toUpperCase();\n",
  'test/all.test.js':
    "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\nimport { nameOf, show } from '../src/users.js';\nimport { even } from '../src/even.js';\nimport { shout, slug } from '../src/text.js';\ntest('show', () => { assert.equal(show(1), 'user 1: notes of user 1'); assert.equal(nameOf(2), 'user 2'); });\ntest('even', () => { assert.equal(even(4), true); });\ntest('slug', () => { assert.equal(shout(slug('a b')), 'A-B'); });\n",
};

let installed: UpgradeTree;
const trees: UpgradeTree[] = [];
beforeAll(async () => {
  installed = await upgradeTree({ files });
});
afterAll(async () => {
  for (const tree of [installed, ...trees]) await tree.remove();
});

async function copied(): Promise<UpgradeTree> {
  const tree = inside(await copyOf(installed), {});
  trees.push(tree);
  return tree;
}

/** Applies the newest plan, takes it back, and applies it again. */
async function thereAndBack(tree: UpgradeTree, id: string, look: () => void): Promise<void> {
  const before = stateOfTree(tree);
  expect(document(await tree.run('apply', '--json'), ran).state).toBe('done');
  look();
  expect((await tree.run('verify')).exit).toBe(0);
  const back = document(await tree.run('rollback', '--json'), ran);
  expect(back).toMatchObject({ state: 'rolled-back', restored: { schema: true, data: true, exceptions: [] } });
  expect(stateOfTree(tree)).toEqual(before);
  expect(document(await tree.run('apply', id, '--json'), ran).state).toBe('done');
}

it('cycles are cut through the gate, taken back byte for byte, and cut again; what has no cut is named', async () => {
  const tree = await copied();
  await writeFile(join(tree.root, 'mine.txt'), 'not tracked\r\n');
  const { plan, dir } = document(await tree.run('plan', '--break-cycles', 'all', '--json'), planned);
  expect(plan.phases.map(({ id }) => id)).toEqual(['prepare', 'layout', 'gate-layout', 'finish']);
  expect(plan.findings?.map(({ rule, file, line }) => `${rule} ${file}:${line}`).sort()).toEqual([
    'cycle/left src/even.js:1',
    'cycle/left src/odd.js:1',
  ]);
  const page = await readFile(join(dir, 'PLAN.md'), 'utf8');
  expect(page).toContain('2 declarations move (prefix, nameOf of src/users.js to src/name-of.js)');
  expect(page).toContain('odd (src/odd.js:3) and even (src/even.js:3) need each other when they run');
  expect(page).toContain('`godwit plan --break-cycles all`');
  await thereAndBack(tree, plan.id, () => {
    expect(tree.git('show', 'HEAD:src/name-of.js')).toBe(
      "const prefix = 'user ';\r\n\r\n/** As it is shown. */\r\nexport function nameOf(id) {\r\n  return prefix + id;\r\n}\r\n",
    );
    expect(tree.git('show', 'HEAD:src/notes.js')).toContain("import { nameOf } from './name-of.js';\n\nexport");
    expect(tree.git('diff', '--name-only', 'main', 'HEAD').trim().split('\n')).toEqual([
      'src/name-of.js',
      'src/notes.js',
      'src/users.js',
      'test/all.test.js',
    ]);
  });
}, 120_000);

it('a module is split through the gate, put together byte for byte, and split again', async () => {
  const tree = await copied();
  const wish = ['--split', 'src/text.js#slug,words=src/slug.js'] as const;
  const { plan, dir } = document(await tree.run('plan', ...wish, '--json'), planned);
  expect(plan.findings ?? []).toEqual([]);
  const page = await readFile(join(dir, 'PLAN.md'), 'utf8');
  expect(page).toContain('holds slug, words of src/text.js, with dash, which only they need');
  expect(page).toContain("`godwit plan --split 'src/text.js#slug,words=src/slug.js'`");
  await thereAndBack(tree, plan.id, () => {
    expect(tree.git('show', 'HEAD:src/text.js')).toBe('export const shout = (text) => text.toUpperCase();\n');
    expect(tree.git('show', 'HEAD:test/all.test.js')).toContain(
      "import { shout } from '../src/text.js';\nimport { slug } from '../src/slug.js';\n",
    );
  });
}, 120_000);

it('the commands of docs/cycles.md run in their order', async () => {
  const tree = await copied();
  const before = stateOfTree(tree);
  const page = await readFile(join(import.meta.dirname, '../../../docs/cycles.md'), 'utf8');
  for (const line of commandsOf(page.slice(0, page.indexOf('## An example')))) {
    const answer = await tree.run(...wordsOf(line).slice(1));
    expect([line, answer.exit, answer.stderr]).toEqual([line, 0, answer.stderr]);
  }
  expect(stateOfTree(tree)).toEqual(before);
}, 120_000);

describe('what stands in the way of a cut or a split is said, and nothing is touched', () => {
  const split = ['--split', 'src/text.js#slug,words=src/slug.js'] as const;
  const cases: Readonly<
    Record<string, readonly [args: readonly string[], code: string, make?: (tree: UpgradeTree) => Promise<unknown>]>
  > = {
    'a dirty tree': [[...split], 'dirty-tree', (tree) => writeFile(join(tree.root, 'src/odd.js'), 'changed')],
    'no form': [['--split', 'src/text.js'], 'bad-input'],
    'a declaration that is not there': [['--split', 'src/text.js#slugg=src/slug.js'], 'bad-input'],
    'a file that is there': [['--split', 'src/text.js#slug=src/odd.js'], 'name-taken'],
    'a split that would make a cycle': [['--split', 'src/users.js#nameOf,show=src/show.js'], 'unsafe-change'],
    'a cycle that nothing cuts': [['--break-cycles', 'src/odd.js'], 'unsafe-change'],
    'a module that is in no cycle': [['--break-cycles', 'src/text.js'], 'bad-input'],
    'a module that is not there': [['--break-cycles', 'src/none.js'], 'bad-input'],
    'two intents': [[...split, '--break-cycles', 'all'], 'bad-input'],
    'a cut and SQL': [['--break-cycles', 'all', '--from', 'change.sql'], 'bad-input'],
    'an old name with a cut': [['--break-cycles', 'all', '--keep-old-name'], 'bad-input'],
  };
  for (const [name, [args, code, make]] of Object.entries(cases)) {
    it(name, async () => {
      const tree = await copied();
      await make?.(tree);
      const before = stateOfTree(tree);
      const answer = await tree.run('plan', ...args, '--json');
      expect(document(answer, errorSchema).error.code).toBe(code);
      expect(stateOfTree(tree)).toEqual(before);
    });
  }
});
