import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { compareGate } from '#code/gate/compare-gate';
import type { GateMeasurement } from '#code/gate/measurement';
import { findManager } from '#code/install/find-manager';
import { installTree } from '#code/install/install-tree';
import { runProcess } from '#code/process/run-process';
import { measureTree } from '../support/gate.ts';
import { inTurn } from '../support/turn.ts';

type Project = {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly needs: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly type?: 'module';
};

/** A project in a folder of its own, installed by npm from the registry. Measuring leaves no file behind in it. */
async function inProject(
  { scripts = {}, needs, files, type }: Project,
  work: (root: string) => Promise<void>,
): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'godwit-gate-'));
  try {
    await write(root, {
      'package.json': JSON.stringify({ name: 'shop', private: true, type, scripts, devDependencies: needs }),
      ...files,
    });
    await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: root });
    const before = await listing(root);
    await work(root);
    expect(await listing(root)).toEqual(before);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function write(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

async function listing(root: string): Promise<readonly string[]> {
  const names = await readdir(root, { recursive: true });
  return names.filter((name) => !name.startsWith('node_modules/')).sort();
}

function testsIn({ checks }: GateMeasurement): readonly string[] {
  const tests = checks.flatMap((check) => check.tests ?? []);
  return tests.map(({ file, name, outcome }) => `${file ?? '-'}: ${name} ${outcome}`).sort();
}

function problemsIn({ checks }: GateMeasurement): readonly string[] {
  return checks.flatMap(({ types = [], lint = [] }) => [
    ...types.map(({ file, line, code }) => `${file}:${line} ${code}`),
    ...lint.map(({ file, line, rule, severity }) => `${file}:${line ?? ''} ${severity} ${rule}`),
  ]);
}

const suite = `test('top', () => {});
describe('price', () => {
  it('is right', () => {});
  it('is wrong', () => { throw new Error('no'); });
  it.skip('is skipped', () => {});
});
`;
const suiteTests = (file: string): readonly string[] => [
  `${file}: price > is right passed`,
  `${file}: price > is skipped skipped`,
  `${file}: price > is wrong failed`,
  `${file}: top passed`,
];

const runners: readonly (readonly [string, Readonly<Record<string, string>>, string, string])[] = [
  ['vitest 4', { vitest: '4' }, 'vitest', `import { describe, it, test } from 'vitest';\n${suite}`],
  ['vitest 1, watching', { vitest: '1' }, 'vitest watch', `import { describe, it, test } from 'vitest';\n${suite}`],
  ['jest 29, watching', { jest: '29' }, 'jest --watchAll', suite],
  ['jest 30, wrapped', { jest: '30', 'cross-env': '7' }, 'cross-env NODE_ENV=test jest --colors', suite],
  ['mocha 11', { mocha: '11' }, 'mocha --reporter dot', suite.replaceAll('test(', 'it(')],
  [
    'mocha 8, with coverage',
    { mocha: '8', c8: '10' },
    'c8 --reporter=none --temp-directory=node_modules/.c8 mocha',
    suite.replaceAll('test(', 'it('),
  ],
];

it.each(inTurn(runners, 2))('%s', async (_, needs, script, text) => {
  const path = script.includes('mocha') ? 'test/price.test.js' : 'price.test.js';
  const type = script.includes('vitest') ? ({ type: 'module' } as const) : {};
  await inProject({ scripts: { test: script }, needs, files: { [path]: text }, ...type }, async (root) => {
    const before = await measureTree(root);
    expect(before.checks.map(({ kind, state, unreadable }) => [kind, state, unreadable])).toEqual([
      ['test', 'failed', undefined],
    ]);
    expect(testsIn(before)).toEqual(suiteTests(path));
    await write(root, { [path]: text.replace("it('is right', () => {});", '') });
    const { findings } = compareGate(before, await measureTree(root, { before }));
    expect(findings.map(({ rule, symbol }) => [rule, symbol])).toEqual([['gate/test-lost', 'price > is right']]);
    await write(root, { [path]: text });
  });
});

it('ava and xo in one script', async () => {
  const text =
    "import test from 'ava';\n\ntest('adds', t => {\n\tt.is(1, 1);\n});\ntest.skip('held', t => {\n\tt.is(1, 2);\n});\n";
  await inProject(
    {
      scripts: { test: 'xo && ava' },
      needs: { ava: '6', xo: '0.60' },
      files: { 'test.js': text, 'bad.js': 'var a = 1\n' },
      type: 'module',
    },
    async (root) => {
      const before = await measureTree(root);
      expect(before.checks.map(({ kind, commands }) => [kind, commands])).toEqual([
        ['lint', ['xo']],
        ['test', ['ava']],
      ]);
      expect(testsIn(before)).toEqual(['-: adds passed', '-: held skipped']);
      expect(problemsIn(before)).toContain('bad.js:1 error no-var');
    },
  );
});

const typed = {
  'tsconfig.json':
    '{ "compilerOptions": { "strict": true, "module": "nodenext", "types": [], "target": "es2022" }, "include": ["src"] }',
  'src/a.ts': "export const price: number = 'ten';\n",
};

it.each(inTurn([['5.4'], ['5.9'], ['6'], ['7']], 2))('typescript %s', async (typescript) => {
  await inProject({ needs: { typescript }, files: typed }, async (root) => {
    const before = await measureTree(root);
    expect(problemsIn(before)).toEqual(['src/a.ts:1 TS2322']);
    await write(root, { 'src/a.ts': `\n\n${typed['src/a.ts']}export const other: string = 1;\n` });
    const { findings, detail } = compareGate(before, await measureTree(root));
    expect(findings.map(({ rule, file, line }) => `${rule} ${file}:${line}`)).toEqual([
      'gate/type-error-new src/a.ts:4',
    ]);
    expect(detail).toContain('1 new type error (1 before, 2 after)');
    await write(root, typed);
  });
});

it('typescript 5 and 7 of the same project say the same', async () => {
  let before: GateMeasurement | undefined;
  await inProject({ needs: { typescript: '5.9' }, files: typed }, async (root) => {
    before = await measureTree(root);
  });
  await inProject({ needs: { typescript: '7' }, files: typed }, async (root) => {
    if (before === undefined) throw new Error('not measured');
    expect(compareGate(before, await measureTree(root))).toMatchObject({ ok: true, findings: [] });
  });
});

it('a solution of projects is checked part by part and writes no record', async () => {
  const files = {
    'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
    'tsconfig.app.json':
      '{ "compilerOptions": { "composite": true, "strict": true, "types": [] }, "include": ["src"] }',
    'src/a.ts': typed['src/a.ts'],
  };
  await inProject({ needs: { typescript: '5.9' }, files }, async (root) => {
    expect(problemsIn(await measureTree(root))).toEqual(['src/a.ts:1 TS2322']);
  });
});

it('vue-tsc and svelte-check', async () => {
  const config =
    '{ "compilerOptions": { "strict": true, "types": [], "module": "esnext", "moduleResolution": "bundler", "target": "es2022" }, "include": ["src"] }';
  const vue = {
    'tsconfig.json': config,
    'src/A.vue': '<script setup lang="ts">\nconst n: number = \'x\';\n</script>\n<template><p>{{ n }}</p></template>\n',
  };
  await inProject({ needs: { typescript: '5', vue: '3', 'vue-tsc': '3' }, files: vue }, async (root) => {
    expect(problemsIn(await measureTree(root))).toEqual(['src/A.vue:2 TS2322']);
  });
  const svelte = {
    'tsconfig.json': config,
    'src/A.svelte': '<script lang="ts">\n  let n: number = \'x\';\n</script>\n<p>{n}</p>\n',
  };
  await inProject({ needs: { typescript: '5', svelte: '5', 'svelte-check': '4' }, files: svelte }, async (root) => {
    expect(problemsIn(await measureTree(root))).toEqual(['src/A.svelte:2 TS2322']);
  });
});

const untidy = 'var unused = 1;\nfoo();\n';

const linters: readonly (readonly [
  string,
  Readonly<Record<string, string>>,
  string | undefined,
  Readonly<Record<string, string>>,
  readonly string[],
])[] = [
  [
    'eslint 8, mending',
    { eslint: '8' },
    'eslint --fix . && prettier --write .',
    { '.eslintrc.json': '{ "root": true, "rules": { "no-var": "error", "no-undef": "warn" } }' },
    ['src/a.js:1 error no-var', 'src/a.js:2 warning no-undef'],
  ],
  [
    'eslint 9',
    { eslint: '9' },
    'eslint src --max-warnings 5',
    { 'eslint.config.js': 'module.exports = [{ rules: { "no-var": "error", "no-undef": "warn" } }];\n' },
    ['src/a.js:1 error no-var', 'src/a.js:2 warning no-undef'],
  ],
  [
    'eslint 9 without a script',
    { eslint: '9' },
    undefined,
    { 'eslint.config.js': 'module.exports = [{ files: ["src/*"], rules: { "no-var": "error" } }];\n' },
    ['src/a.js:1 error no-var'],
  ],
  [
    'biome 2',
    { '@biomejs/biome': '2' },
    'biome lint --write .',
    { 'biome.json': '{ "linter": { "rules": { "preset": "none", "suspicious": { "noVar": "error" } } } }' },
    ['src/a.js:1 error lint/suspicious/noVar'],
  ],
  [
    'biome 1',
    { '@biomejs/biome': '1' },
    'biome lint .',
    { 'biome.json': '{ "linter": { "rules": { "recommended": false, "style": { "noVar": "error" } } } }' },
    ['src/a.js:1 error lint/style/noVar'],
  ],
  ['oxlint', { oxlint: '1' }, 'oxlint --fix -D no-var src', {}, ['src/a.js:1 error eslint(no-var)']],
];

it.each(inTurn(linters, 2))('%s', async (_, needs, lint, config, expected) => {
  const scripts = lint === undefined ? {} : { lint };
  const all = lint?.includes('prettier') === true ? { ...needs, prettier: '3' } : needs;
  await inProject({ scripts, needs: all, files: { 'src/a.js': untidy, ...config } }, async (root) => {
    const before = await measureTree(root);
    const own = problemsIn(before).filter((line) => line.startsWith('src/') && !line.endsWith('format'));
    expect(own.filter((line) => expected.includes(line))).toEqual(expected);
    await write(root, { 'src/a.js': `// moved\n${untidy}var more = 2;\n` });
    const { findings } = compareGate(before, await measureTree(root));
    const fresh = findings
      .filter(({ severity }) => severity === 'error')
      .map(({ rule, file, line }) => `${rule} ${file}:${line}`);
    expect(fresh).toEqual(['gate/lint-new src/a.js:4']);
    await write(root, { 'src/a.js': untidy });
  });
});

const managers: readonly (readonly ['pnpm' | 'yarn' | 'bun', string])[] = [
  ['pnpm', 'pnpm@10.34.9'],
  ['yarn', 'yarn@1.22.22'],
  ['yarn', 'yarn@4.18.1'],
  ['bun', 'bun@1.4.5'],
];

it.each(inTurn(managers, 2))('%s runs the checks of its tree (%s)', async (name, packageManager) => {
  const root = await mkdtemp(join(tmpdir(), 'godwit-gate-'));
  const { signal } = new AbortController();
  try {
    await write(root, {
      'package.json': JSON.stringify({
        name: 'shop',
        private: true,
        type: 'module',
        packageManager,
        scripts: { test: 'vitest', lint: 'eslint .', typecheck: 'no-such-compiler', build: 'node build.js' },
        devDependencies: { vitest: '4', eslint: '9' },
        // Yarn also looks up optional packages of other platforms, which a registry may not have yet.
        resolutions: { vite: '7.3.8' },
      }),
      '.yarnrc.yml': 'nodeLinker: node-modules\n',
      'build.js': 'process.exit(7);\n',
      'eslint.config.js': 'export default [{ rules: { "no-var": "error" } }];\n',
      'a.test.js':
        "import { it } from 'vitest';\nvar a = 1;\nit('a is one', () => { if (a !== 1) throw new Error('no'); });\n",
    });
    const world = { root, env: process.env, run: runProcess };
    const found = await findManager({ name, version: packageManager.split('@')[1] }, world, signal);
    const manager = { name, evidence: [] };
    await installTree({ ...world, manager, kind: 'update', found, timeoutMs: 300_000 }, signal);
    const measured = await measureTree(root, { manager: found.program });
    expect(
      measured.checks.map(({ kind, state, exitCode }) => [kind, state, state === 'missing' ? 127 : exitCode]),
    ).toEqual([
      ['build', 'failed', 7],
      ['types', 'missing', 127],
      ['lint', 'failed', 1],
      ['test', 'passed', 0],
    ]);
    expect(testsIn(measured)).toEqual(['a.test.js: a is one passed']);
    expect(problemsIn(measured)).toEqual(['a.test.js:2 error no-var']);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});

it('a workspace: each package by its own runner, before it is built and after', async () => {
  const root = await mkdtemp(join(tmpdir(), 'godwit-gate-'));
  try {
    await write(root, {
      'package.json': JSON.stringify({
        name: 'shop',
        private: true,
        workspaces: ['packages/*'],
        scripts: { test: 'npm test --workspaces', build: 'npm run build --workspaces --if-present' },
        devDependencies: { typescript: '5.9', mocha: '11' },
      }),
      'packages/core/package.json': JSON.stringify({
        name: 'core',
        version: '1.0.0',
        main: 'dist/index.js',
        scripts: { build: 'tsc', test: 'node --test' },
      }),
      'packages/core/tsconfig.json':
        '{ "compilerOptions": { "outDir": "dist", "declaration": true, "types": [], "module": "nodenext" }, "include": ["index.ts"] }',
      'packages/core/index.ts': 'export const one = 1;\n',
      'packages/core/core.test.js': "require('node:test').test('core', () => {});\n",
      'packages/app/package.json': JSON.stringify({
        name: 'app',
        version: '1.0.0',
        dependencies: { core: '1.0.0' },
        scripts: { test: 'mocha' },
      }),
      'packages/app/test/app.js': "it('app', () => { if (require('core').one !== 1) throw new Error('no'); });\n",
    });
    await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: root });
    const measured = await measureTree(root);
    expect(measured.checks.map(({ kind, in: folder, state }) => `${kind} ${folder} ${state}`)).toEqual([
      'build . passed',
      'types packages/core passed',
      'test packages/core passed',
      'test packages/app passed',
    ]);
    expect(testsIn(measured)).toEqual([
      'packages/app/test/app.js: app passed',
      'packages/core/core.test.js: core passed',
    ]);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
