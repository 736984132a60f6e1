import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { measureTree } from '../../../test/support/gate.ts';
import { makeTree } from '../../../test/support/tree.ts';
import { compareGate } from './compare-gate.ts';
import type { GateMeasurement } from './measurement.ts';

/** Does some work in a tree of its own, and checks that measuring it left nothing behind. */
async function inTree(files: Readonly<Record<string, string>>, work: (root: string) => Promise<void>): Promise<void> {
  const tree = await makeTree(files);
  try {
    await work(tree.root);
    const names = await readdir(tree.root, { recursive: true });
    expect(names.filter((name) => /report|godwit|\.json$/.test(name))).toEqual(['package.json']);
  } finally {
    await tree.remove();
  }
}

function testsIn({ checks }: GateMeasurement): readonly string[] {
  return checks.flatMap(({ tests = [] }) =>
    tests.map(({ file, name, outcome, isFlaky }) => `${file}: ${name} ${outcome}${isFlaky === true ? ' flaky' : ''}`),
  );
}

function manifest(scripts: Readonly<Record<string, string>>): string {
  return JSON.stringify({ name: 'shop', type: 'module', scripts });
}

const test = "import { describe, it } from 'node:test';\n";

it('node:test is seen through scripts, flags and files that do not load; what is new is found where it is', async () => {
  const files = {
    'package.json': manifest({
      test: 'npm run --silent unit && node check.js',
      unit: 'node --test --test-reporter=dot',
    }),
    'check.js': 'process.exit(0);\n',
    'price.test.js': `${test}describe('price', () => {\n  it('adds', () => {});\n  it('is red', () => { throw new Error('no'); });\n});\n`,
    'other.test.js': `${test}it('other', () => { new Buffer(1); });\n`,
    'src/a.ts': 'export let a: any;\n',
  };
  await inTree(files, async (root) => {
    const before = await measureTree(root);
    expect(before.checks.map(({ commands, state, exitCode }) => [commands, state, exitCode])).toEqual([
      [['node --test', 'node check.js'], 'failed', 1],
    ]);
    expect(testsIn(before)).toEqual([
      'other.test.js: other passed',
      'price.test.js: price > adds passed',
      'price.test.js: price > is red failed',
    ]);
    expect(before.warnings).toMatchObject([{ code: 'DEP0005', place: { file: 'other.test.js', line: 2 } }]);
    expect(compareGate(before, before)).toEqual({
      ok: true,
      findings: [],
      detail:
        'tests 2 passed, 1 failed (2 passed, 1 failed before), no new any, @ts-ignore, @ts-expect-error, eslint-disable or skip',
    });

    await writeFile(join(root, 'src/a.ts'), '// moved\nexport let a: any;\nexport const b = a as any;\n');
    await writeFile(join(root, 'price.test.js'), files['price.test.js'].replace("'adds',", "'adds', { skip: true },"));
    await writeFile(join(root, 'other.test.js'), "import './none.js';\n");
    const { findings } = compareGate(before, await measureTree(root, { before }));
    expect(findings.map(({ rule, file, line }) => `${rule} ${file}:${line ?? ''}`)).toEqual([
      'gate/test-skipped price.test.js:',
      'gate/test-failed other.test.js:',
      'gate/test-lost other.test.js:',
      'gate/test-skip-added price.test.js:3',
      'gate/any-added src/a.ts:3',
    ]);
  });
});

it('of several commands the one without a report is named, with the last error', async () => {
  const files = {
    'package.json': manifest({ test: 'node --test a.test.js && node ./none.js --test' }),
    'a.test.js': `${test}it('a', () => {});\n`,
  };
  await inTree(files, async (root) => {
    const { checks } = await measureTree(root);
    expect(checks[0]?.tests).toHaveLength(1);
    expect(checks[0]?.unreadable).toBe(
      "`node ./none.js --test`: It ended before any test began: Error: Cannot find module 'none.js'",
    );
  });
});

it('a test that passed before and fails is run once again before it counts', async () => {
  const flaky = `${test}import { existsSync, writeFileSync } from 'node:fs';
it('sometimes', () => { if (process.env.FLAKY && !existsSync(process.env.FLAKY)) { writeFileSync(process.env.FLAKY, ''); throw new Error('once'); } });
it('never', () => { if (process.env.FLAKY) throw new Error('always'); });\n`;
  await inTree({ 'package.json': manifest({ test: 'node --test' }), 'a.test.js': flaky }, async (root) => {
    const before = await measureTree(root);
    const after = await measureTree(root, { before, env: { FLAKY: join(root, 'once.txt') } });
    expect(testsIn(after)).toEqual(['a.test.js: sometimes passed flaky', 'a.test.js: never failed']);
    expect(compareGate(before, after).findings.map(({ rule }) => rule)).toEqual([
      'gate/test-failed',
      'gate/test-flaky',
    ]);
  });
});

it('what takes too long is ended, what is missing is told, and an abort ends it all', async () => {
  const scripts = { lint: 'no-such-linter .', test: 'node wait.js' };
  const files = { 'package.json': manifest(scripts), 'wait.js': 'setInterval(() => {}, 1000);\n' };
  await inTree(files, async (root) => {
    const { checks } = await measureTree(root, { timeoutMs: 4_000 });
    expect(checks.map(({ kind, state }) => [kind, state])).toEqual([
      ['lint', 'missing'],
      ['test', 'timeout'],
    ]);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(measureTree(root, { signal })).rejects.toThrow('enough');
  });
});

it('a script finds its package manager by its name where it is started in another way', async () => {
  const files = {
    'package.json': manifest({ lint: 'pnpm exec tool 1 && node b.js' }),
    'b.js': '',
    // Stands for Corepack or npx, which start a program that is not in PATH.
    'launch/start.js': "console.log(['started', ...process.argv.slice(2)].join(' '));\nprocess.exit(2);\n",
  };
  await inTree(files, async (root) => {
    const words = ['node', join(root, 'launch', 'start.js'), 'the pnpm'] as const;
    const { checks } = await measureTree(root, { manager: { name: 'pnpm', words, version: '10.34.9' } });
    expect(checks.map(({ state, exitCode, lastLines }) => [state, exitCode, lastLines])).toEqual([
      ['failed', 2, ['started the pnpm exec tool 1']],
    ]);
  });
});

it('what a linter says of files that the build has written is nothing to the gate', async () => {
  const files = {
    'package.json': manifest({ build: 'node build.js', lint: 'standard' }),
    'build.js': "import { writeFileSync } from 'node:fs';\nwriteFileSync('out.js', '');\n",
    // Prints as the linter does, of every file that is there.
    'node_modules/.bin/standard':
      '#!/bin/sh\nfor file in build.js out.js; do echo "  $PWD/$file:1:1: Bad. (semi)"; done\nexit 1\n',
  };
  await inTree(files, async (root) => {
    await chmod(join(root, 'node_modules/.bin/standard'), 0o755);
    const { checks } = await measureTree(root);
    expect(checks.map(({ kind, lint }) => [kind, lint?.map(({ file }) => file)])).toEqual([
      ['build', undefined],
      ['lint', ['build.js']],
    ]);
  });
});

it('a runner that is not known is read where it prints TAP', async () => {
  const files = {
    'package.json': manifest({ test: 'node tap.js | cat' }),
    'tap.js': "console.log('TAP version 13\\nok 1 - a\\nok 2 - b # SKIP\\n1..2');\n",
  };
  await inTree(files, async (root) => {
    expect(testsIn(await measureTree(root))).toEqual(['undefined: a passed', 'undefined: b skipped']);
  });
});
