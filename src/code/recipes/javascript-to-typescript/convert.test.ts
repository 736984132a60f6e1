import { expect, it } from 'vitest';
import { memoryTree } from '../../engine/memory-tree.ts';
import { runRecipe } from '../../engine/run-recipe.ts';
import { javascriptToTypescript } from './recipe.ts';

const manifest = '{"name":"x","private":true,"type":"module","engines":{"node":">=24"}}\n';

async function run(files: Readonly<Record<string, string>>, links: ReadonlyMap<string, string> = new Map()) {
  const tree = { ...memoryTree({ 'package.json': manifest, ...files }), links };
  const { signal } = new AbortController();
  const { changes, unresolved } = await runRecipe(javascriptToTypescript, tree, { params: {}, signal });
  return {
    after: (path: string) => changes.find((one) => one.path === path)?.after,
    open: unresolved
      .filter(({ severity }) => severity !== 'advice')
      .map(({ file, line, message }) => `${file}:${line} ${message}`),
  };
}

it('a file to which a symbolic link leads, or one to its folder, stays', async () => {
  const links = new Map([
    ['src/link.js', 'src/a.js'],
    ['lib', 'src/deep'],
  ]);
  const { after, open } = await run(
    {
      'src/a.js': 'export const a = 1;\n',
      'src/deep/b.js': 'export const b = 1;\n',
      'src/c.js': 'export const c = 1;\n',
    },
    links,
  );
  expect(after('src/a.ts')).toBeUndefined();
  expect(after('src/deep/b.ts')).toBeUndefined();
  expect(after('src/c.ts')).toBe('export const c = 1;\n');
  expect(open).toEqual([
    'src/a.js:1 It stays JavaScript: the symbolic link src/link.js leads to it, and would lead nowhere.',
    'src/deep/b.js:1 It stays JavaScript: the symbolic link lib leads to it, and would lead nowhere.',
  ]);
});

it('a byte order mark goes along', async () => {
  const { after } = await run({ 'a.js': '\uFEFF/** @type {number} */\nexport const a = 1;\n' });
  expect(after('a.ts')).toBe('\uFEFFexport const a: number = 1;\n');
});

it('a result that may be left out may be undefined, and strictNullChecks stays', async () => {
  const { after } = await run({
    'a.js':
      '/**\n * @param {number[]} xs\n * @param {number=} least\n * @returns {number=}\n */\nexport function first(xs, least) {\n  return xs.find((x) => x > (least ?? 1));\n}\n',
  });
  expect(after('a.ts')).toBe(
    'export function first(xs: number[], least?: number): number | undefined {\n  return xs.find((x) => x > (least ?? 1));\n}\n',
  );
  expect(after('tsconfig.json')).not.toContain('"strictNullChecks": false');
});

it('a parameter that a file leaves out which stays JavaScript is optional', async () => {
  const { after } = await run({
    'a.js': 'export function lots(a, b) {\n  if (b === undefined) b = a;\n  return a * b;\n}\n',
    'b.js': "import { lots } from './a.js';\nexport const two = lots(1, 2);\n",
    'tool.config.js': "import { lots } from './a.js';\nexport default lots(3);\n",
  });
  expect(after('a.ts')).toContain('lots(a: number, b?: number');
});

it('a package.json on one line stays on one', async () => {
  const text = '{"name":"x","version":"1.0.0","type":"module","exports":"./src/a.js","files":["src"]}\n';
  const { after } = await run({ 'package.json': text, 'src/a.js': 'export const a = 1;\n' });
  expect(after('package.json')).toContain('"exports":"./dist/a.js","files":["src","dist"],"scripts":{');
  expect(after('package.json')?.trim()).not.toContain('\n');
  const spaced = await run({
    'package.json': text.replaceAll(/([:,{])(?=["[])/g, '$1 '),
    'src/a.js': 'export const a = 1;\n',
  });
  expect(spaced.after('package.json')).toContain('"files": ["src", "dist"], "scripts": {');
});

it('a computed import is one place, its own', async () => {
  const { open } = await run({
    'src/index.js': `// loads\nexport const load = (n) => import(\`./plugs/\${n}.js\`);\n`,
    'src/plugs/a.js': 'export default 1;\n',
    'src/plugs/b.js': 'export default 2;\n',
  });
  expect(open).toEqual([
    'src/index.ts:2 What the pattern ./plugs/*.js finds stays JavaScript: src/plugs/a.js, src/plugs/b.js.',
  ]);
});
