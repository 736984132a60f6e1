import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stateOfTree } from '../../../test/support/git-tree.ts';
import { document, errorSchema } from '../../../test/support/godwit.ts';
import { copiesOfNotes } from '../../../test/support/notes-tree.ts';
import { thereAndBack } from '../../../test/support/there-and-back.ts';
import { planned } from '../../../test/support/upgrade-tree.ts';

const copied = copiesOfNotes('commonjs-to-esm.md');

it('a recipe is applied through the gate, taken back byte for byte, and applied again', async () => {
  const tree = await copied();
  const { plan, dir } = document(await tree.run('plan', '--recipe', 'commonjs-to-esm', '--json'), planned);
  expect(plan.phases.map(({ id }) => id)).toEqual(['prepare', 'recipe-1', 'gate-recipe-1', 'finish']);
  expect(plan.findings?.map(({ file, line }) => `${file}:${line}`)).toEqual(['src/index.js:6', 'src/old.cjs:1']);
  const page = await readFile(join(dir, 'PLAN.md'), 'utf8');
  expect(page).toContain("+import { text } from './text.js';");
  expect(page).toContain('`godwit plan --recipe commonjs-to-esm`');
  await thereAndBack(tree, plan.id, async () => {
    expect(await readFile(join(tree.root, 'src/index.js'), 'utf8')).toBe(
      "import { createRequire } from 'node:module';\n\nimport { text } from './text.js';\n\nconst require = createRequire(import.meta.url);\nconst old = require('./old.cjs');\n\nexport const twice = () => text() + text() + old.a;\n",
    );
    expect((await stat(join(tree.root, 'bin/notes.js'))).mode & 0o777).toBe(0o755);
  });
  const again = await tree.run('apply', plan.id);
  expect(`${again.stdout}${again.stderr}`).toContain(
    'What they do not reach is left to you. Look at 2 places of commonjs-to-esm,',
  );
}, 180_000);

it('a codemod package in a folder is planned behind another recipe, and does not change itself', async () => {
  const tree = await copied();
  const pack = {
    'mod/codemod.yaml':
      'schema_version: "1.0"\nname: shout\nversion: 0.1.0\ndescription: Shout.\nauthor: a\nlicense: MIT\nworkflow: workflow.yaml\n',
    'mod/workflow.yaml':
      'version: "1"\nnodes:\n  - id: one\n    name: One\n    type: automatic\n    steps:\n      - name: Rename\n        ast-grep:\n          include: ["**/*.js"]\n          config_file: rules.yaml\n',
    'mod/rules.yaml': 'id: shout\nlanguage: javascript\nrule: { pattern: twice() }\nfix: thrice()\n',
    'mod/fixture.js': 'twice();\n',
    'use.js': 'twice();\n',
  };
  await mkdir(join(tree.root, 'mod'));
  for (const [path, text] of Object.entries(pack)) await writeFile(join(tree.root, path), text);
  tree.git('add', '--all');
  tree.git('commit', '--quiet', '--message=package');
  const recipes = ['--recipe', 'commonjs-to-esm', '--recipe', './mod'];
  const { plan, dir } = document(await tree.run('plan', ...recipes, '--json'), planned);
  expect(plan.phases.map(({ id }) => id)).toContain('gate-recipe-2');
  const page = await readFile(join(dir, 'PLAN.md'), 'utf8');
  expect(page).toContain('`godwit plan --recipe commonjs-to-esm --recipe ./mod`');
  expect(page).toContain('+thrice();');
  expect(page).not.toContain('mod/fixture.js');
}, 60_000);

it('what stands in the way of a recipe is said, and nothing is touched', async () => {
  const tree = await copied();
  const before = stateOfTree(tree);
  const refused = async (...args: readonly string[]) =>
    document(await tree.run('plan', ...args, '--json'), errorSchema).error;
  expect(await refused('--recipe', 'commonjs-to-es')).toMatchObject({
    code: 'bad-input',
    why: expect.stringContaining('Did you mean commonjs-to-esm?'),
  });
  expect((await refused('--recipe', 'commonjs-to-esm', '--recipe-option', 'dual')).code).toBe('bad-input');
  expect((await refused('--recipe', 'commonjs-to-esm', '--recipe-option', 'twofold=true')).code).toBe('bad-input');
  expect((await refused('--recipe', 'commonjs-to-esm', '--recipe-option', 'package=none')).code).toBe('unsafe-change');
  expect((await refused('--recipe', 'commonjs-to-esm', '--move', 'src/text.js=src/b.js')).code).toBe('bad-input');
  expect((await refused('--recipe', './none')).code).toBe('bad-input');
  expect(stateOfTree(tree)).toEqual(before);
  await writeFile(join(tree.root, 'src/text.js'), 'changed');
  expect((await refused('--recipe', 'commonjs-to-esm')).code).toBe('dirty-tree');
}, 60_000);

it('a recipe that leaves everything to a person makes no plan, and says where and why', async () => {
  const tree = await copied();
  const manifest = { name: 'notes', private: true, engines: { node: '>=20.0.0' }, dependencies: { axios: '^1.21.1' } };
  await writeFile(join(tree.root, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(
    join(tree.root, 'src/rates.js'),
    "exports.rates = () => require('axios').get('http://127.0.0.1/');\n",
  );
  tree.git('add', '--all');
  tree.git('commit', '--quiet', '--message=axios');
  const answer = await tree.run('plan', '--recipe', 'axios-to-fetch', '--json');
  expect(answer.exit).toBe(1);
  const { error } = document(answer, errorSchema);
  expect(error.code).toBe('unsafe-change');
  expect(error.why).toMatch(/leaves one place to a person:\n {2}package\.json:\d+ axios stays .*AbortSignal\.any/);
});
