import { expect, it } from 'vitest';
import { memoryTree } from '../../../engine/memory-tree.ts';
import { edgesOf, readNames } from '../../../graph/module-graph.ts';
import { commandsOf } from './bundling.ts';
import { heldFiles } from './held-files.ts';
import type { Running } from './package-facts.ts';

type How = { readonly running?: Running; readonly floor?: string; readonly dependencies?: Record<string, string> };

/** The files that stay, each with the code that says so, and the processes of tests with what they reach. */
async function held(files: Readonly<Record<string, string>>, how: How = {}) {
  const tree = memoryTree({ 'package.json': '{"type":"module"}', ...files });
  const { names, index } = await readNames(tree, new AbortController().signal);
  const candidates = Object.keys(files).filter((path) => /^(src|bin)\/.*\.m?js$/.test(path));
  const { stays, tested } = heldFiles({
    edges: edgesOf(names, index),
    index,
    home: '.',
    path: 'package.json',
    texts: new Map(Object.entries(files)),
    candidates,
    running: how.running ?? 'tsx',
    floor: how.floor,
    dependencies: how.dependencies ?? {},
    commands: commandsOf(files['package.json'] ?? '', '.'),
  });
  return {
    stays: Object.fromEntries([...stays].map(([path, { place }]) => [path, place?.code])),
    tested: tested.map(({ place, reached }) => [place.code, ...reached].join(' ')),
  };
}

const worker = {
  'src/worker.js': "import { help } from './help.js';\nhelp();\n",
  'src/help.js': 'export const help = () => 1;\n',
  'src/other.js': 'export const other = 1;\n',
};
const both = ['src/worker.js', 'src/help.js'];

it.each([
  ["new Worker(new URL('./worker.js', import.meta.url))", both],
  ["const file = new URL('./worker.js', import.meta.url); new Worker(file)", both],
  ["export const file = new URL('./worker.js', import.meta.url)", both],
  ["new Worker(path.join(import.meta.dirname, 'worker.js'), { execArgv: ['--import', 'tsx'] })", both],
  ["new Worker('./src/worker.js')", both],
  [`new Worker(\`\${import.meta.dirname}/worker.js\`)`, both],
  ["spawn(process.execPath, [fileURLToPath(new URL('./worker.js', import.meta.url))])", both],
  ["spawn(process.execPath, ['src/worker'])", both],
  ["execFile('node', ['--max-old-space-size=100', path.resolve(import.meta.dirname, 'worker.js')])", both],
  ["exec('node src/worker.js --all')", both],
  [`execSync(\`node \${path.join(import.meta.dirname, 'worker.js')} --all\`)`, both],
  ["spawn(process.execPath, [require.resolve('./worker.js')])", both],
  ["cluster.setupPrimary({ exec: 'src/worker.js' })", both],
  ["fork('src/worker.js', [], { execArgv: [] })", both],
  ["fork('src/worker.js', [], options)", both],
  ["new Piscina({ filename: new URL('./worker.js', import.meta.url).href })", both],
  // Node hands these its own loader, or they run where it is: only the name may have to stay.
  ["fork(fileURLToPath(new URL('./worker.js', import.meta.url)))", []],
  ["fork('src/worker.js', ['x'], { silent: true })", ['src/worker.js']],
  ["fork(path.join(import.meta.dirname, 'worker.js'))", ['src/worker.js']],
  ["spawn(process.execPath, [...process.execArgv, 'src/worker.js'])", ['src/worker.js']],
  ["spawn('npx', ['tsx', 'src/worker.js'])", ['src/worker.js']],
  ["await import(path.join(import.meta.dirname, 'worker.js'))", ['src/worker.js']],
  ["fs.readFileSync(new URL('./worker.js', import.meta.url))", []],
  ["await import('./worker.js')", []],
  ["/x/.exec('src/worker.js')", []],
  ["console.log('src/worker.js')", []],
  ['fileURLToPath(import.meta.url) === process.argv[1]', []],
])('run by tsx, of %s stays %j', async (code, files) => {
  const { stays } = await held({ ...worker, 'src/main.js': `${code};\n` });
  expect(Object.keys(stays).sort()).toEqual([...files].sort());
});

it('a file that starts itself stays, with what it reaches', async () => {
  const main = "import './help.js';\nif (isMainThread) new Worker(fileURLToPath(import.meta.url));\n";
  const { stays } = await held({ ...worker, 'src/main.js': main });
  expect(Object.keys(stays)).toEqual(['src/main.js', 'src/help.js']);
});

it('where every Node that runs it strips types, only a name that is put together stays', async () => {
  const main = (code: string) => ({ ...worker, 'src/main.js': `${code};\n` });
  const newer = { running: 'node', floor: '22.18.0' } as const;
  const url = await held(main("new Worker(new URL('./worker.js', import.meta.url))"), newer);
  expect(url.stays).toEqual({});
  const named = await held(main("const file = new URL('./worker.js', import.meta.url); new Worker(file)"), newer);
  expect(named.stays).toEqual({});
  const put = await held(main("fork(path.join(import.meta.dirname, 'worker.js'))"), newer);
  expect(put.stays).toEqual({ 'src/worker.js': "fork(path.join(import.meta.dirname, 'worker.js'))" });
});

it('under Vitest, Node has no loader that fork could hand on', async () => {
  const main = "fork(fileURLToPath(new URL('./worker.js', import.meta.url)));\n";
  const { stays } = await held({ ...worker, 'src/main.js': main }, { dependencies: { vitest: '*' } });
  expect(Object.keys(stays)).toEqual(both);
});

it('a bundler reads the workers of browsers, and not those of Node', async () => {
  const code = "new Worker(new URL('./worker.js', import.meta.url));\n";
  const node = `import { Worker } from 'node:worker_threads';\n${code}`;
  const bundler = { running: 'bundler' } as const;
  expect((await held({ ...worker, 'src/main.js': code }, bundler)).stays).toEqual({});
  expect(Object.keys((await held({ ...worker, 'src/main.js': node }, bundler)).stays)).toEqual(both);
});

it('what a test starts is converted, and said', async () => {
  const test = "spawn(process.execPath, [fileURLToPath(new URL('../src/worker.js', import.meta.url))]);\n";
  expect(await held({ ...worker, 'test/main.test.js': test })).toEqual({
    stays: {},
    tested: [`${test.trim().slice(0, -1)} src/worker.js src/help.js`],
  });
});

it('what Node loads before a loader counts stays', async () => {
  const scripts = {
    a: 'node --require ./src/worker.js src/main.js',
    b: "NODE_OPTIONS='--import ./src/other.js' node .",
    c: 'node --import ./src/main.js .',
  };
  const { stays } = await held({ ...worker, 'src/main.js': '', 'package.json': JSON.stringify({ scripts }) });
  expect(Object.keys(stays)).toEqual([...both, 'src/other.js']);
});

it.each([
  ["fs.readdirSync(path.join(import.meta.dirname, 'cmds'))", ['src/cmds/a.js', 'src/cmds/b.js']],
  ["fs.readdir(new URL('./cmds/', import.meta.url), done)", ['src/cmds/a.js', 'src/cmds/b.js']],
  ["glob.sync('src/cmds/*.js')", ['src/cmds/a.js', 'src/cmds/b.js']],
  [`await import(path.join(import.meta.dirname, 'cmds', \`\${name}.js\`))`, ['src/cmds/a.js', 'src/cmds/b.js']],
  ["glob.sync('src/**/*.css')", []],
  ["glob.sync('src/cmds/*.{mjs,json}')", ['src/cmds/a.js', 'src/cmds/b.js']],
  ["fs.readdirSync('data')", []],
])('of %s stays %j', async (code, files) => {
  const { stays } = await held({
    'src/main.js': `${code};\n`,
    'src/cmds/a.js': 'export default 1;\n',
    'src/cmds/b.js': 'export default 2;\n',
  });
  expect(Object.keys(stays)).toEqual(files);
});

it.each<[string, How, readonly string[]]>([
  ['where a bundler is', { running: 'bundler' }, both],
  ['where Node strips types', { running: 'bundler', floor: '24.0.0' }, []],
  ['where it is built', { running: 'build' }, []],
])('a command stays with all that it reaches, %s', async (_, how, files) => {
  const manifest = '{ "type": "module", "bin": { "work": "./src/worker.js" } }';
  const { stays } = await held({ ...worker, 'package.json': manifest }, how);
  expect(stays).toEqual(Object.fromEntries(files.map((file) => [file, './src/worker.js'])));
});
