import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { withoutSecrets } from '#code/process/without-secrets';
import { commandSource, openRecipeSource } from '#code/recipe-kit/recipe-source';
import { newRecipe } from './new-recipe.ts';
import { runRecipeOn } from './run-recipe.ts';
import { testRecipe } from './test-recipe.ts';
import { writeChanges } from './write-changes.ts';

const homes: string[] = [];
afterEach(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
});

function tree(files: Readonly<Record<string, string>>): string {
  const home = mkdtempSync(join(tmpdir(), 'godwit-run-recipe-'));
  homes.push(home);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  }
  return home;
}

const none = { files: false, run: false, network: false };
const machine = {
  env: { PATH: process.env.PATH, HOME: process.env.HOME },
  signal: new AbortController().signal,
  temporaryDirectory: tmpdir(),
};
const options = { workflow: undefined, language: 'typescript', params: {} };
const surroundings = { grants: none, env: machine.env, memoryMb: 256, signal: machine.signal };

function request(root: string, source: Awaited<ReturnType<typeof openRecipeSource>>, given = {}) {
  return { root, source, params: {}, grants: none, confirmed: [], skip: [], ...given };
}

describe('runRecipeOn', () => {
  it('runs a recipe of ours on what is on disk, and passes over links', async () => {
    const root = tree({
      'src/a.js': "const id = require('uuid/v4');\n",
      'node_modules/m/index.js': "require('uuid/v4')",
    });
    symlinkSync(join(root, 'src/a.js'), join(root, 'src/b.js'));
    const run = await runRecipeOn(
      request(root, await openRecipeSource('uuid-3-to-8', { cwd: root, ...options })),
      machine,
    );
    expect(run.changes.map(({ path, after }) => [path, after])).toEqual([
      ['src/a.js', "const { v4: id } = require('uuid');\n"],
    ]);
    expect(run.passedOver).toEqual([{ what: 'src/b.js', why: expect.stringContaining('symbolic link') }]);
    await writeChanges(root, run.changes);
    expect(readFileSync(join(root, 'src/a.js'), 'utf8')).toContain('{ v4: id }');
  });

  it('leaves a package alone that lies in the tree and is run', async () => {
    const root = tree({ 'src/a.ts': 'oldName(1);\n' });
    await newRecipe('a-to-b', join(root, 'tools/a-to-b'));
    const source = await openRecipeSource('tools/a-to-b', { cwd: root, ...options });
    const run = await runRecipeOn(request(root, source), machine);
    expect(run.changes.filter(({ path }) => path.startsWith('tools/'))).toEqual([]);
    expect(run.passedOver).toEqual([{ what: 'tools/a-to-b', why: 'It is the recipe itself.' }]);
  });

  it('runs a line for the shell on a copy, where programs are granted', async () => {
    const root = tree({
      'a.txt': 'a\n',
      'gone.txt': '',
      'package.json': '{}',
      'node_modules/.bin/tool': '#!/bin/sh\necho tool\n',
    });
    const source = commandSource(
      'sh node_modules/.bin/tool > b.txt; rm gone.txt; echo "$SECRET_TOKEN$PARAM_X" >> a.txt',
      root,
    );
    await expect(runRecipeOn(request(root, source), machine)).rejects.toMatchObject({ code: 'approval-required' });
    const secret = { ...machine, env: { ...machine.env, SECRET_TOKEN: 'hidden' } };
    const run = await runRecipeOn(
      request(root, source, { grants: { ...none, run: true }, params: { X: 'x' } }),
      secret,
    );
    expect(run.faults).toEqual([]);
    expect(run.changes).toEqual([
      { path: 'a.txt', before: 'a\n', after: 'a\nx\n' },
      { path: 'b.txt', before: undefined, after: 'tool\n' },
      { path: 'gone.txt', before: '', after: undefined },
    ]);
    expect(readFileSync(join(root, 'a.txt'), 'utf8')).toBe('a\n');
  });

  it('lets transforms and programs see what each other did, and keeps a state between them', async () => {
    const root = tree({ 'a.js': 'one;\n', 'package.json': '{}' });
    const pack = tree({
      'codemod.yaml': 'name: "@t/mixed"\n',
      'workflow.yaml': `nodes:
  - id: n
    steps:
      - { name: first, js-ast-grep: { js_file: t.mjs, language: javascript } }
      - { name: shell, run: "cat a.js > copy.txt; echo 'found=[1,2]' >> $STATE_OUTPUTS; echo 'three;' >> a.js" }
      - { name: second, if: 'state.found == "[1,2]"', js-ast-grep: { js_file: t.mjs, language: javascript } }`,
      't.mjs':
        "import { execSync } from 'node:child_process';\nexport default (root) => root.source() + execSync('printf ran').toString() + ';\\n';",
    });
    const source = await openRecipeSource(pack, { cwd: root, ...options });
    const run = await runRecipeOn(request(root, source, { grants: { ...none, run: true } }), machine);
    expect(run.faults).toEqual([]);
    expect(run.changes.map(({ path, after }) => [path, after])).toEqual([
      ['a.js', 'one;\nran;\nthree;\nran;\n'],
      ['copy.txt', 'one;\nran;\n'],
    ]);
  });

  it('says where a line failed, and changes nothing', async () => {
    const root = tree({ 'a.txt': 'a\n' });
    const run = await runRecipeOn(
      request(root, commandSource('echo b > a.txt; echo no >&2; exit 3', root), { grants: { ...none, run: true } }),
      machine,
    );
    expect(run.changes).toEqual([]);
    expect(run.faults[0]?.message).toMatch(/ended with 3: no/);
  });

  it('runs a transform of jscodeshift with its options and the parser of the file', async () => {
    const root = tree({ 'a.ts': 'const a: number = foo;\n', 'b.js': 'foo;\n', 'c.js': 'bar;\n' });
    const folder = tree({
      'package.json': '{}',
      't.js':
        "module.exports = (file, { j, stats }, options) => { stats('seen'); return j(file.source).find(j.Identifier, { name: 'foo' }).replaceWith(() => j.identifier(options.to)).toSource(); };",
    });
    symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
    const source = await openRecipeSource(join(folder, 't.js'), { cwd: root, ...options });
    const run = await runRecipeOn(request(root, source, { params: { to: 'fresh' } }), machine);
    expect(run.faults).toEqual([]);
    expect(run.changes.map(({ path, after }) => [path, after])).toEqual([
      ['a.ts', 'const a: number = fresh;\n'],
      ['b.js', 'fresh;\n'],
    ]);
    expect(run.notes).toContain('seen: 3');
  });
});

it('writes all or nothing', async () => {
  const root = tree({ 'a.txt': 'a', 'b.txt': 'changed since' });
  const changes = [
    { path: 'a.txt', before: 'a', after: 'x' },
    { path: 'b.txt', before: 'b', after: 'y' },
  ];
  await expect(writeChanges(root, changes)).rejects.toMatchObject({ code: 'drift' });
  expect(readFileSync(join(root, 'a.txt'), 'utf8')).toBe('a');
});

it('hands on no variable that looks like a secret', () => {
  const env = {
    PATH: '/bin',
    NPM_TOKEN: 't',
    npm_config__authToken: 't',
    DATABASE_URL: 'd',
    PGPASSWORD: 'p',
    API_KEY: 'k',
    HOME: '/h',
  };
  expect(withoutSecrets(env)).toEqual({ PATH: '/bin', HOME: '/h' });
});

describe('testRecipe', () => {
  it('passes for a package that was just begun, and fails with it when a case does not hold', async () => {
    const home = tree({});
    await newRecipe('a-to-b', join(home, 'a-to-b'));
    const asked = { cwd: home, named: 'a-to-b', filter: undefined, surroundings };
    expect(await testRecipe(asked)).toMatchObject({ recipe: 'a-to-b', passed: 2, failed: 0, notRun: [] });
    writeFileSync(join(home, 'a-to-b/tests/renames-a-call/expected.ts'), 'oldName(1);\n');
    const report = await testRecipe({ ...asked, filter: 'renames' });
    expect(report).toMatchObject({ passed: 0, failed: 1, cases: [{ name: 'renames-a-call', ok: false }] });
    expect(report.cases[0]?.detail).toContain('- oldName(1);');
    await expect(newRecipe('a-to-b', join(home, 'a-to-b'))).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('runs fixtures of jscodeshift with the options that their tests give', async () => {
    const home = tree({
      'package.json': '{}',
      'transforms/rename.js':
        "module.exports = (file, { jscodeshift: j }, options) => j(file.source).find(j.Identifier, { name: 'foo' }).replaceWith(() => j.identifier(options.to || 'bar')).toSource();",
      'transforms/__testfixtures__/rename.input.js': 'foo;\n',
      'transforms/__testfixtures__/rename.output.js': 'bar;\n',
      'transforms/__testfixtures__/typed.input.ts': 'const a: string = foo;\n',
      'transforms/__testfixtures__/typed.output.ts': 'const a: string = other;\n',
      'transforms/__tests__/rename-test.js':
        "const { defineTest } = require('jscodeshift/dist/testUtils');\njest.autoMockOff();\ndefineTest(__dirname, 'rename');\ndescribe('typed', () => { ['typed'].forEach((name) => defineTest(__dirname, 'rename', { to: 'other' }, name, { parser: 'ts' })); });",
    });
    symlinkSync(join(process.cwd(), 'node_modules'), join(home, 'node_modules'));
    const report = await testRecipe({ cwd: home, named: '.', filter: undefined, surroundings });
    expect(report.cases).toEqual([
      { name: 'transforms/rename.js: rename', ok: true },
      { name: 'transforms/rename.js: typed {"to":"other"}', ok: true },
    ]);
  });

  it('runs the cases of a recipe of ours', async () => {
    const report = await testRecipe({ cwd: '/', named: 'uuid-3-to-8', filter: undefined, surroundings });
    expect([report.passed > 0, report.failed]).toEqual([true, 0]);
  });

  it.each(['missing', '.'])('refuses %s, which has no tests', async (named) => {
    await expect(testRecipe({ cwd: tree({}), named, filter: undefined, surroundings })).rejects.toMatchObject({
      code: 'bad-input',
    });
  });
});
