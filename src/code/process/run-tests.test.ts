import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeTree } from '../../../test/support/tree.ts';
import { runTests } from './run-tests.ts';
import { parseRuntimeWarnings } from './runtime-warnings.ts';

async function run(
  line: string,
  env: Readonly<Record<string, string>>,
  cwd: string,
  signal: AbortSignal,
): Promise<number> {
  const child = spawn(line, { shell: true, cwd, env: { ...process.env, ...env }, stdio: 'ignore', signal });
  const [code] = await once(child, 'close');
  return Number(code);
}

it('collects what real Node processes warn of: own code, dependencies, children, each once', async () => {
  const tree = await makeTree({
    'package.json': '{ "scripts": { "test": "node a.js && node a.js && exit 3" } }',
    'a.js': "require('old');\nnew Buffer(1);\nrequire('child_process').execFileSync(process.execPath, ['b c.mjs']);\n",
    'b c.mjs':
      "import { emitWarning } from 'node:process';\nemitWarning('two\\nlines', 'DeprecationWarning', 'MY01');\n",
    'node_modules/old/index.js': "process.emitWarning('old is old', { type: 'DeprecationWarning', code: 'OLD1' });\n",
  });
  try {
    const { signal } = new AbortController();
    const { testRun, unknown } = await runTests(
      { root: tree.root, script: 'node a.js', manager: 'npm' },
      {
        run: (line, env, until) => run(line, env, tree.root, until),
        warningsFile: join(tree.root, 'warnings of "node".txt'),
        nodeOptions: undefined,
        timeoutMs: 60_000,
      },
      signal,
    );
    expect(unknown).toEqual([]);
    expect(testRun).toMatchObject({ command: 'npm run test', exitCode: 3 });
    const sorted = [...(testRun?.warnings ?? [])].sort((one, other) =>
      (one.code ?? '').localeCompare(other.code ?? ''),
    );
    expect(sorted).toEqual([
      {
        code: 'DEP0005',
        message: expect.stringContaining('Buffer() is deprecated'),
        place: { file: 'a.js', line: 2, column: 1 },
        times: 2,
      },
      { code: 'MY01', message: 'two\nlines', place: { file: 'b c.mjs', line: 2, column: 1 }, times: 2 },
      { code: 'OLD1', message: 'old is old', place: { file: 'a.js', line: 1, column: 1 }, package: 'old', times: 2 },
    ]);
  } finally {
    await tree.remove();
  }
});

it('leaves out what comes from outside of the tree, and keeps what has no place', () => {
  const text =
    '(node:1) [DEP0040] DeprecationWarning: punycode\n    at node:punycode:3:9\n    at Object.<anonymous> (/usr/lib/node_modules/npm/x.js:1:1)\n' +
    '(node:2) DeprecationWarning: nowhere\n(node:3) ExperimentalWarning: other\n';
  expect(parseRuntimeWarnings(text, '/home/me/app')).toEqual([{ message: 'nowhere', times: 1 }]);
});

it('says that there is no test script', async () => {
  const choices = { run: async () => 0, warningsFile: '/nonexistent', nodeOptions: undefined, timeoutMs: 1 };
  const { signal } = new AbortController();
  const script = 'echo "Error: no test specified" && exit 1';
  expect(await runTests({ root: '/', script, manager: 'npm' }, choices, signal)).toEqual({
    unknown: [{ what: 'runtime deprecation warnings', why: 'package.json has no script `test`.' }],
  });
});
