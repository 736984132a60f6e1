import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeTree, type TestTree } from '../../../test/support/tree.ts';
import { inspectTree } from '../inspect.ts';
import { runProcess } from '../run-process.ts';
import { walkTree } from '../walk.ts';
import { compareGate } from './compare-gate.ts';
import { detectChecks } from './detect-checks.ts';
import { measureGate } from './measure-gate.ts';
import { type GateMeasurement, gateMeasurementSchema } from './measurement.ts';

const project = {
  'package.json': JSON.stringify({
    name: 'shop',
    type: 'module',
    scripts: { test: 'node --test', build: 'tsc' },
    devDependencies: { typescript: '*' },
  }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: { strict: true, module: 'nodenext', outDir: 'dist', rootDir: 'src', types: [] },
    include: ['src'],
  }),
  'src/price.ts':
    "export const price: number = 'ten';\nexport function sum(values: any): number {\n  return values;\n}\n",
  'price.test.js':
    "import { describe, it } from 'node:test';\ndescribe('price', () => {\n  it('adds', () => {});\n  it('is red', () => {\n    throw new Error('no');\n  });\n});\n",
};

/** One look of the gate at a tree, with the real tools. */
async function measure(tree: TestTree, before?: GateMeasurement): Promise<GateMeasurement> {
  const { signal } = new AbortController();
  const scratch = await mkdtemp(join(tmpdir(), 'godwit-scratch-'));
  try {
    const snapshot = await inspectTree({
      root: tree.root,
      nodeInUse: process.versions.node,
      signal,
      openRegistry: undefined,
      tests: undefined,
      uses: undefined,
    });
    const { files } = await walkTree(tree.root, signal);
    const { checks } = detectChecks(snapshot, { files });
    const measurement = await measureGate(
      {
        root: tree.root,
        checks,
        files,
        manager: { name: 'npm', words: ['npm'], version: '' },
        run: runProcess,
        env: process.env,
        scratch,
        nowMs: () => performance.now(),
        timeoutMs: 60_000,
        before,
        warnings: 'collect',
      },
      signal,
    );
    return gateMeasurementSchema.parse(JSON.parse(JSON.stringify(measurement)));
  } finally {
    await rm(scratch, { recursive: true });
  }
}

it('a red baseline is compared as one, and what is new is found where it is', async () => {
  const tree = await makeTree(project);
  try {
    await symlink(join(import.meta.dirname, '../../../node_modules'), join(tree.root, 'node_modules'));
    const before = await measure(tree);
    expect(before.checks.map(({ kind, state, commands }) => [kind, state, commands])).toEqual([
      ['build', 'failed', ['npm run build']],
      ['types', 'failed', ['npx tsc --noEmit']],
      ['test', 'failed', ['npm run test']],
    ]);
    expect(compareGate(before, before)).toEqual({
      ok: true,
      findings: [],
      detail:
        '0 new type errors (1 before, 1 after), build red as before, tests 1 passed, 1 failed (1 before), no new any, @ts-ignore, @ts-expect-error, eslint-disable or skip',
    });

    await writeFile(
      join(tree.root, 'src/price.ts'),
      `// moved\n${project['src/price.ts']}export const other: string = 1;\nexport let more: any;\n`,
    );
    await writeFile(
      join(tree.root, 'price.test.js'),
      project['price.test.js'].replace("it('adds', () => {});", "it('adds', { skip: true }, () => {});"),
    );
    const { ok, findings } = compareGate(before, await measure(tree, before));
    expect(ok).toBe(false);
    expect(findings.map(({ rule, file, line }) => `${rule} ${file}:${line}`)).toEqual([
      'gate/type-error-new src/price.ts:6',
      'gate/test-skipped price.test.js:undefined',
      'gate/any-added src/price.ts:7',
    ]);
  } finally {
    await tree.remove();
  }
});
