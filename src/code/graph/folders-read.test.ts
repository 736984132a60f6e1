import { expect, it } from 'vitest';
import ts from '../typescript.cts';
import { foldersRead, isListed } from './folders-read.ts';

function listed(text: string, path = 'src/main.js'): readonly string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JSX);
  return foldersRead(path, source).map(
    ({ folder, from, isDeep, offset, length }) =>
      `${from} ${folder}${isDeep ? '/**' : ''}: ${text.slice(offset, offset + length)}`,
  );
}

it.each([
  ['fs.readdirSync(__dirname)', 'tree src'],
  ['fs.readdirSync(path.join(__dirname, "plug ins"))', 'tree src/plug ins'],
  ["fs.readdirSync(path.resolve(__dirname, '..', 'plugins'), 'utf8')", 'tree plugins'],
  [`readdirSync(\`\${__dirname}/routes\`)`, 'tree src/routes'],
  ["await fs.promises.readdir(__dirname + '/routes/')", 'tree src/routes'],
  ["fs.readdir(import.meta.dirname + '/routes', () => {})", 'tree src/routes'],
  ["readdir(new URL('./routes', import.meta.url))", 'tree src/routes'],
  ["readdir(fileURLToPath(new URL('../routes/', import.meta.url)))", 'tree routes'],
  ["readdir(new URL('.', import.meta.url).pathname)", 'tree src'],
  ['opendirSync(path.dirname(__filename))', 'tree src'],
  ["opendir(dirname(fileURLToPath(import.meta.url)) + '/x')", 'tree src/x'],
  ["fs.readdirSync('./routes')", 'start routes'],
  ["fs.readdirSync(path.resolve('routes'))", 'start routes'],
  ["fs.readdirSync(path.join(process.cwd(), 'routes'))", 'start routes'],
  ["fs.readdirSync(path.join(__dirname, 'x'), { recursive: true })", 'tree src/x/**'],
  ["fs.readdirSync(path.join(__dirname, 'x', name))", 'tree src/x/**'],
  ["glob.sync(__dirname + '/models/**/*.js')", 'tree src/models/**'],
  ["glob.sync(path.join(__dirname, 'models/*.js'))", 'tree src/models'],
  ["globSync('*.js', { cwd: path.join(__dirname, 'models') })", 'tree src/models'],
  ["fg(['models/{a,b}/*.js'], { cwd: __dirname })", 'tree src/models/**'],
  ["require('glob').sync('./models/*.js')", 'start models'],
  ["require('glob')(__dirname + '/models/*.js', done)", 'tree src/models'],
])('%s lists %s', (call, folder) => {
  expect(listed(`const all = ${call};`)).toEqual([expect.stringMatching(new RegExp(`^${literal(folder)}: `))]);
});

function literal(text: string): string {
  return text.replaceAll(/[*/]/g, '\\$&');
}

it('a folder is known by a name, by a parameter of a function of the file, and by what is added to both', () => {
  const text = [
    "const home = path.join(__dirname, 'plugins');",
    'const names = fs.readdirSync(home);',
    'function walk(dir) {',
    '  for (const one of readdirSync(dir)) walk(path.join(dir, one));',
    '}',
    "walk(path.join(__dirname, '../routes'));",
  ].join('\n');
  expect(listed(text)).toEqual(['tree src/plugins: fs.readdirSync(home)', 'tree routes/**: readdirSync(dir)']);
});

it.each([
  'fs.readdirSync(folder)',
  'fs.readdirSync(process.argv[2])',
  "fs.readdirSync('/etc')",
  "fs.readFileSync(path.join(__dirname, 'x'))",
  "import.meta.glob('./x/*.js')",
  "glob.sync('x.js')",
  "list.glob(file('x'))",
  'const dir = dir2; const dir2 = dir; fs.readdirSync(dir);',
])('%s lists no folder that is known', (text) => {
  expect(listed(text)).toEqual([]);
});

it('names that are given much are read within bounds', () => {
  const names = Array.from({ length: 30 }, (_, at) => `n${at}`);
  const text = names.map((name) => names.map((other) => `${name} = ${other} + ${name};`).join(' ')).join('\n');
  const started = performance.now();
  expect(listed(`${text}\nfs.readdirSync(n0);`)).toEqual([]);
  expect(performance.now() - started).toBeLessThan(5000);
});

it('a file stands in a folder that is listed', () => {
  const place = { from: 'tree', folder: 'src', isDeep: false, offset: 0, length: 0 } as const;
  expect(isListed('src/a.js', place, '.')).toBe(true);
  expect(isListed('src/b/a.js', place, '.')).toBe(false);
  expect(isListed('src/b/a.js', { ...place, isDeep: true }, '.')).toBe(true);
  expect(isListed('srcs/a.js', { ...place, isDeep: true }, '.')).toBe(false);
  expect(isListed('a.js', { ...place, folder: '.' }, '.')).toBe(true);
  expect(isListed('packages/x/src/a.js', { ...place, from: 'start' }, 'packages/x')).toBe(true);
  expect(isListed('packages/x/src/a.js', place, 'packages/x')).toBe(false);
});
