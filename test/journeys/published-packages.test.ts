import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { convertedPackage, inPackage } from '../support/converted-package.ts';

const start = promisify(execFile);
type Texts = Readonly<Record<string, string>>;

async function converted(files: Texts, params: Texts = {}) {
  const { after, unresolved, faults } = await convertedPackage(files, params);
  return {
    after,
    said: unresolved.map(({ file, line, message }) => `${file}:${line} ${message}`),
    faults: faults.map(({ message }) => message),
  };
}

const manifest = {
  name: 'tool',
  version: '1.0.0',
  type: 'module',
  engines: { node: '>=20.19' },
  bin: { tool: './bin/tool.js' },
  exports: { '.': './src/index.js', './parsers/*': './src/parsers/*.js', './data/*': './src/data/*' },
  files: ['src', 'bin'],
  scripts: { test: 'node test/all.test.js' },
  devDependencies: { '@types/node': '*', vite: '^7.0.0' },
};

const files: Texts = {
  'package.json': JSON.stringify(manifest),
  'bin/tool.js': "#!/usr/bin/env node\nimport { text } from '../src/index.js';\nconsole.log(text('bin'));\n",
  'src/index.js': "export { text } from './parsers/text.js';\n",
  'src/parsers/text.js': "/** @param {string} name */\nexport const text = (name) => 'text ' + name;\n",
  'src/parsers/json.js': "import { text } from 'tool';\nexport const json = () => text('json');\n",
  'src/data/a.js': "export const a = 'a';\n",
  'src/data/b.json': '{ "b": "b" }\n',
  'test/all.test.js': `import { text } from 'tool';
import { a } from 'tool/data/a.js';
import b from 'tool/data/b.json' with { type: 'json' };
import { json } from 'tool/parsers/json';

console.log(text('test'), a, b.b, json());
`,
};

const own = (fields: object): Texts => ({ ...files, 'package.json': JSON.stringify({ ...manifest, ...fields }) });

/** What the tests and the command of a package print. */
function printed(texts: Texts): Promise<readonly string[]> {
  const { bin }: typeof manifest = JSON.parse(texts['package.json'] ?? '');
  return inPackage(texts, async (root) => {
    const of = { cwd: root, timeout: 120_000 };
    const { stdout: tested } = await start('npm', ['test', '--silent'], of);
    const { stdout: started } = await start(process.execPath, ['--no-warnings', bin.tool], of);
    return [tested, started];
  });
}

it('a published package beside Vite is built; its subpaths, its command and tests by its own name lead there', async () => {
  const { after, said, faults } = await converted(files);
  expect(faults).toEqual([]);
  expect(JSON.parse(after['package.json'] ?? '')).toMatchObject({
    bin: { tool: './dist/bin/tool.js' },
    exports: {
      '.': './dist/src/index.js',
      './parsers/*': './dist/src/parsers/*.js',
      './data/*': './src/data/*',
      './data/a.js': './dist/src/data/a.js',
    },
    scripts: { pretest: 'npm run build' },
  });
  expect(after['test/all.test.js']).toBe(files['test/all.test.js']);
  expect(after['src/parsers/json.ts']).toContain("from '../index.ts'");
  expect(said.filter((one) => one.startsWith('test/'))).toEqual(
    [1, 2, 4].map((line) => {
      const name = ['', 'tool', 'tool/data/a.js', '', 'tool/parsers/json'][line];
      return `test/all.test.js:${line} ${name} leads to what the build writes, which is not there before a build.`;
    }),
  );
  const before = await printed(files);
  expect(before).toEqual(['text test a b text json\n', 'text bin\n']);
  expect(await printed(after)).toEqual(before);
});

it('declarations by hand let a test by the own name be TypeScript, which needs the build all the same', async () => {
  const { after, said } = await converted({
    ...own({
      exports: { '.': { types: './types.d.ts', default: './src/index.js' }, './package.json': './package.json' },
      devDependencies: { '@types/node': '*', vitest: '*' },
    }),
    'types.d.ts': 'export declare const text: (name: string) => string;\n',
    'test/all.test.js': "import { text } from 'tool';\nimport 'tool/package.json' with { type: 'json' };\ntext('a');\n",
  });
  expect(after['test/all.test.ts']).toContain("from 'tool'");
  expect(JSON.parse(after['package.json'] ?? '').scripts.pretest).toBe('npm run build');
  expect(said.filter((one) => one.startsWith('test/'))).toEqual([
    'test/all.test.ts:1 tool leads to what the build writes, which is not there before a build.',
  ]);
});

it('a command of a private package is built too, and run=strip is refused where Node strips no types', async () => {
  const alone = own({ private: true, exports: undefined });
  const { after } = await converted({ ...alone, 'test/all.test.js': '', 'src/parsers/json.js': '' });
  expect(JSON.parse(after['package.json'] ?? '').bin).toEqual({ tool: './dist/bin/tool.js' });
  const { faults } = await converted(own({ private: true, exports: undefined }), { run: 'strip' });
  expect(faults).toEqual([
    expect.stringContaining('Its command bin/tool.js (bin) is started by Node without a loader'),
  ]);
});

it.each([
  ['bin/tool', '#!/usr/bin/env node\nimport("../src/index.js");\n'],
  ['bin/tool.cjs', "import('../src/index.js').then(({ text }) => text('bin'));\n"],
])('a command is refused that is not built and loads what is: %s', async (path, text) => {
  const { faults } = await converted({ ...own({ bin: `./${path}` }), [path]: text });
  expect(faults).toEqual([expect.stringContaining(`Its command ${path} (bin) loads src/index.js`)]);
});

it('what a bundler reads keeps its own name too, and its command stays JavaScript', async () => {
  const { after, said } = await converted(own({ private: true, scripts: { dev: 'vite', test: 'vitest run' } }));
  expect(JSON.parse(after['package.json'] ?? '')).toMatchObject({
    bin: { tool: './bin/tool.js' },
    exports: { './parsers/*': './src/parsers/*.js', './parsers/json': './src/parsers/json.ts' },
  });
  expect(after['src/parsers/json.ts']).toContain("from 'tool'");
  expect(said).toContain(
    'package.json:1 What `./bin/tool.js` starts (bin), and what that reaches, stays JavaScript: bin/tool.js, src/index.js, src/parsers/text.js.',
  );
});
