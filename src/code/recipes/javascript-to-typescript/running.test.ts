import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { convertedPackage, inPackage } from '../../../../test/support/converted-package.ts';

const start = promisify(execFile);
type Texts = Readonly<Record<string, string>>;

/** The tree after the recipe, with what was said. */
async function converted(files: Texts): Promise<{ readonly after: Texts; readonly said: readonly string[] }> {
  const { after, unresolved, faults } = await convertedPackage(files);
  expect(faults).toEqual([]);
  const said = unresolved
    .filter(({ severity }) => severity !== 'advice')
    .map(({ file, line, message }) => `${file}:${line} ${message}`);
  return { after, said };
}

/** What scripts of the package print, each run by npm in a real folder. */
function printed(files: Texts, scripts: readonly string[]): Promise<readonly string[]> {
  return inPackage(files, async (root) => {
    const seen: string[] = [];
    for (const script of scripts) {
      const { stdout } = await start('npm', ['run', '--silent', script], { cwd: root, timeout: 60_000 });
      seen.push(stdout);
    }
    return seen;
  });
}

const greeting = (name: string): Texts => ({
  [`src/${name}.js`]: `import { greet } from './greet-${name}.js';\nconsole.log(greet('${name}'));\n`,
  [`src/greet-${name}.js`]: `/** @param {string} name */\nexport const greet = (name) => 'hello ' + name;\n`,
});

const files: Texts = {
  'package.json': JSON.stringify({
    name: 'running',
    private: true,
    type: 'module',
    engines: { node: '>=20' },
    scripts: {
      start: 'node src/main.js',
      list: 'LEVEL=1 node src/list.js',
      before: "NODE_OPTIONS='--import ./src/before.js' node src/list.js",
    },
    devDependencies: { '@types/node': '*' },
  }),
  'run.sh': 'node src/list.js\n',
  'src/main.js': `import { execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

const here = path.dirname(fileURLToPath(import.meta.url));
await once(new Worker(new URL('./thread.js', import.meta.url)), 'exit');
await once(fork(path.join(here, 'child.js')), 'exit');
await once(spawn(process.execPath, [fileURLToPath(new URL('./job.js', import.meta.url))], { stdio: 'inherit' }), 'exit');
execFileSync('node', ['src/file.js'], { stdio: 'inherit' });
`,
  ...greeting('thread'),
  ...greeting('child'),
  ...greeting('job'),
  ...greeting('file'),
  'src/before.js': "console.log('before');\n",
  'src/list.js': `import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'commands');
const names = fs.readdirSync(folder).filter((name) => name.endsWith('.js'));
const loaded = await Promise.all(names.map((name) => import(pathToFileURL(path.join(folder, name)).href)));
console.log(loaded.map((one) => one.default));
`,
  'src/commands/a.js': 'export default 1;\n',
  'src/commands/b.js': 'export default 2;\n',
};

it('threads, processes, listed folders and scripts run as before', async () => {
  const scripts = ['start', 'list', 'before'];
  const { after, said } = await converted(files);
  expect(Object.keys(after).filter((path) => path.endsWith('.ts'))).toEqual([
    'src/greet-child.ts',
    'src/list.ts',
    'src/main.ts',
  ]);
  expect(said).toEqual([
    "package.json:1 What `NODE_OPTIONS='--import ./src/before.js` loads, and what that reaches, stays JavaScript: src/before.js.",
    'run.sh:1 This names src/list.ts now, which is TypeScript.',
    'src/list.ts:6 What `fs.readdirSync(folder)` lists in src/commands stays JavaScript: src/commands/a.js, src/commands/b.js.',
    "src/main.ts:8 What `new Worker(new URL('./thread.js', import.meta.url))` starts, and what that reaches, stays JavaScript: src/thread.js, src/greet-thread.js.",
    "src/main.ts:9 What `fork(path.join(here, 'child.js'))` names stays JavaScript: src/child.js.",
    "src/main.ts:10 What `spawn(process.execPath, [fileURLToPath(new URL('./job.js', import.meta.url))], {…` starts, and what that reaches, stays JavaScript: src/job.js, src/greet-job.js.",
    "src/main.ts:11 What `execFileSync('node', ['src/file.js'], { stdio: 'inherit' })` starts, and what that reaches, stays JavaScript: src/file.js, src/greet-file.js.",
  ]);
  const before = await printed(files, scripts);
  expect(before[0]).toBe('hello thread\nhello child\nhello job\nhello file\n');
  expect(before[1]).toBe('[ 1, 2 ]\n');
  expect(await printed(after, scripts)).toEqual(before);
});
