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
    type: 'module',
    exports: './src/index.js',
    scripts: { test: 'node --test' },
  }),
  'src/users.js': 'export function getUser(id) {\r\n  return { id };\r\n}\r\n',
  'src/index.js': "export { getUser } from './users.js';\n",
  'src/greet.js':
    "import { getUser } from './users.js';\nexport const tools = { getUser };\nexport const greet = (id) => `Hello ${getUser(id).id}, says getUser`;\n",
  'src/Page.vue': "<script setup>\nimport { getUser } from './users.js';\ngetUser(1);\n</script>\n",
  'test/greet.test.js':
    "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\nimport { greet, tools } from '../src/greet.js';\ntest('greet', () => { assert.equal(greet(1), 'Hello 1, says getUser'); assert.equal(tools.getUser(2).id, 2); });\n",
  'README.md': 'Call getUser, and all is well.\n',
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

const wish = ['--rename-symbol', 'src/users.js#getUser=findUser'] as const;

it('a rename is applied through the gate, taken back byte for byte, and applied again', async () => {
  const tree = await copied();
  await writeFile(join(tree.root, 'mine.txt'), 'not tracked\r\n');
  const before = stateOfTree(tree);
  const { plan, dir } = document(await tree.run('plan', ...wish, '--json'), planned);
  expect(plan.phases.map(({ id }) => id)).toEqual(['prepare', 'rename', 'gate-rename', 'finish']);
  expect(plan.findings?.map(({ rule, file, line }) => `${rule} ${file}:${line}`).sort()).toEqual([
    'rename/component src/Page.vue:2',
    'rename/component src/Page.vue:3',
    'rename/mention README.md:1',
    'rename/mention src/greet.js:3',
    'rename/mention test/greet.test.js:4',
  ]);
  expect(plan.risks.map(({ rule, object }) => `${rule} ${object}`)).toContain('rename/published notes');
  const page = await readFile(join(dir, 'PLAN.md'), 'utf8');
  expect(page).toContain('+export const tools = { getUser: findUser };');
  expect(page).toContain("`godwit plan --rename-symbol 'src/users.js#getUser=findUser'`");
  expect(document(await tree.run('apply', '--json'), ran).state).toBe('done');
  expect(tree.git('show', 'HEAD:src/users.js')).toBe('export function findUser(id) {\r\n  return { id };\r\n}\r\n');
  expect(tree.git('diff', '--name-only', 'main', 'HEAD').trim().split('\n')).toEqual([
    'src/greet.js',
    'src/index.js',
    'src/users.js',
  ]);
  expect((await tree.run('verify')).exit).toBe(0);
  const back = document(await tree.run('rollback', '--json'), ran);
  expect(back).toMatchObject({ state: 'rolled-back', restored: { schema: true, data: true, exceptions: [] } });
  expect(stateOfTree(tree)).toEqual(before);
  expect(document(await tree.run('apply', plan.id, '--json'), ran).state).toBe('done');
}, 120_000);

it('the commands of docs/rename-symbol.md run in their order', async () => {
  const tree = await copied();
  const before = stateOfTree(tree);
  const page = await readFile(join(import.meta.dirname, '../../../docs/rename-symbol.md'), 'utf8');
  for (const line of commandsOf(page)) {
    const answer = await tree.run(...wordsOf(line).slice(1));
    expect([line, answer.exit, answer.stderr]).toEqual([line, 0, answer.stderr]);
  }
  expect(stateOfTree(tree)).toEqual(before);
}, 120_000);

describe('what stands in the way of a rename is said, and nothing is touched', () => {
  const cases: Readonly<
    Record<string, readonly [args: readonly string[], code: string, make?: (tree: UpgradeTree) => Promise<unknown>]>
  > = {
    'a dirty tree': [[...wish], 'dirty-tree', (tree) => writeFile(join(tree.root, 'README.md'), 'changed')],
    'no form': [['--rename-symbol', 'src/users.js'], 'bad-input'],
    'a file that git does not track': [
      ['--rename-symbol', 'new.js#a=b'],
      'bad-input',
      (tree) => writeFile(join(tree.root, 'new.js'), 'export const a = 1;\n'),
    ],
    'a symbol that is not there': [['--rename-symbol', 'src/users.js#getUsr=findUser'], 'bad-input'],
    'a name that is taken': [['--rename-symbol', 'src/greet.js#greet=tools'], 'unsafe-change'],
    'two intents': [[...wish, '--upgrade', 'uuid@8'], 'bad-input'],
    'a rename and a move': [[...wish, '--move', 'src/users.js=src/people.js'], 'bad-input'],
    'an old name without a rename': [['--keep-old-name'], 'bad-input'],
    'an old name of JavaScript': [[...wish, '--keep-old-name'], 'not-built'],
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
