import { describe, expect, it } from 'vitest';
import { type Files, filesAfter, studyFiles } from '../../../test/support/move-files.ts';
import { mentionFinder } from './mentions.ts';
import { moveFindings } from './move-findings.ts';

/** Texts of the files that a move changes, by their new paths; those that only go elsewhere are named as `moved`. */
async function changed(files: Files, ...wishes: readonly string[]): Promise<Files> {
  const study = await studyFiles(files, wishes);
  expect(study.obstacles).toEqual([]);
  const places = new Map([...study.moved.files].map(([from, to]) => [to, from]));
  const after = Object.entries(filesAfter(files, study));
  return Object.fromEntries(after.filter(([path, text]) => files[places.get(path) ?? path] !== text));
}

const a = 'export const a = 1;\n';

describe('a specifier keeps its style', () => {
  const styles: Readonly<Record<string, readonly [importer: string, text: string, expected: string]>> = {
    'without extension': ['src/b.ts', "import { a } from './a';", "import { a } from './lib/deep';"],
    'with .ts': ['src/b.ts', 'import { a } from "./a.ts";', 'import { a } from "./lib/deep.ts";'],
    'with .js for .ts': ['src/b.ts', "export * from './a.js'", "export * from './lib/deep.js'"],
    'from elsewhere': ['test/b.ts', "await import('../src/a')", "await import('../src/lib/deep')"],
    'with a query': ['src/b.ts', "import a from './a.ts?raw'", "import a from './lib/deep.ts?raw'"],
    require: ['src/b.js', "const { a } = require('./a.ts')", "const { a } = require('./lib/deep.ts')"],
    'require.resolve': ['src/b.js', "require.resolve('./a.ts')", "require.resolve('./lib/deep.ts')"],
    'import x = require': ['src/b.ts', "import a = require('./a');", "import a = require('./lib/deep');"],
    'import.meta.resolve': ['src/b.ts', "import.meta.resolve('./a.ts')", "import.meta.resolve('./lib/deep.ts')"],
    'a URL': ['src/b.ts', "new URL('./a.ts', import.meta.url)", "new URL('./lib/deep.ts', import.meta.url)"],
    'a URL without dot': ['src/b.ts', "new URL('a.ts', import.meta.url)", "new URL('lib/deep.ts', import.meta.url)"],
    'jest.mock': ['src/b.test.ts', "jest.mock('./a');", "jest.mock('./lib/deep');"],
    'vi.importActual with a type': [
      'src/b.test.ts',
      "await vi.importActual<typeof import('./a')>('./a');",
      "await vi.importActual<typeof import('./lib/deep')>('./lib/deep');",
    ],
    'a type': ['src/b.ts', "type A = import('./a').A;", "type A = import('./lib/deep').A;"],
    'a type import': ['src/b.ts', "import type { A } from './a';", "import type { A } from './lib/deep';"],
    'a reference': [
      'src/b.ts',
      '/// <reference path="a.ts" />\nlet b;',
      '/// <reference path="lib/deep.ts" />\nlet b;',
    ],
    'a doc comment': [
      'src/b.js',
      "/** @type {import('./a').A} */\nlet b;",
      "/** @type {import('./lib/deep').A} */\nlet b;",
    ],
    '@import in a doc comment': [
      'src/b.js',
      "/** @import { A } from './a.js' */\nlet b;",
      "/** @import { A } from './lib/deep.js' */\nlet b;",
    ],
    'a module that is augmented': [
      'src/b.ts',
      "declare module './a' {}\nexport {};",
      "declare module './lib/deep' {}\nexport {};",
    ],
    'an alias': ['src/b.ts', "import { a } from '@/a';", "import { a } from '@/lib/deep';"],
    'an alias with extension': ['src/b.ts', "import { a } from '@/a.js';", "import { a } from '@/lib/deep.js';"],
    'imports of package.json': ['src/b.ts', "import { a } from '#a';", "import { a } from '#lib/deep';"],
    'its own name': ['src/b.ts', "import { a } from 'demo/a';", "import { a } from 'demo/lib/deep';"],
  };
  for (const [name, [importer, text, expected]] of Object.entries(styles)) {
    it(name, async () => {
      const files = {
        'package.json': '{"name":"demo","type":"module","imports":{"#*":"./src/*.ts"},"exports":{"./*":"./src/*.ts"}}',
        'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
        'src/a.ts': a,
        [importer]: text,
      };
      expect(await changed(files, 'src/a.ts=src/lib/deep.ts')).toEqual({ [importer]: expected });
    });
  }
});

it('only the bytes of a specifier change, in a file with a byte order mark and CRLF', async () => {
  const text = "\uFEFFimport {a}  from   \"./a\" ; // './a'\r\nimport('./a')\r\nlet s = './a';\r\n";
  expect(await changed({ 'src/a.ts': a, 'src/b.ts': text }, 'src/a.ts=src/c.ts')).toEqual({
    'src/b.ts': text.replace('"./a"', '"./c"').replace("import('./a')", "import('./c')"),
  });
});

it('what a file that moves reaches is written from its new place, and what goes along stays', async () => {
  const files = {
    'src/utils/one.ts': "import './two';\nimport '../main';\nimport data from './data.json';\nimport './icon.svg';\n",
    'src/utils/two.ts': a,
    'src/utils/data.json': '{}',
    'src/utils/icon.svg': '<svg/>',
    'src/utils/index.ts': "export * from './one';\n",
    'src/main.ts': "import './utils';\nimport './utils/';\nimport './utils/index';\n",
  };
  expect(await changed(files, 'src/utils=lib/tools')).toEqual({
    'lib/tools/one.ts':
      "import './two';\nimport '../../src/main';\nimport data from './data.json';\nimport './icon.svg';\n",
    'src/main.ts': "import '../lib/tools';\nimport '../lib/tools/';\nimport '../lib/tools/index';\n",
  });
  expect(await changed(files, 'src/utils/*.ts=src/lib/')).toMatchObject({
    'src/lib/one.ts':
      "import './two';\nimport '../main';\nimport data from '../utils/data.json';\nimport '../utils/icon.svg';\n",
  });
});

it('style sheets, markup and components', async () => {
  const files = {
    'src/styles/_colors.scss': '$red: red;',
    'src/styles/base.css': 'a { color: red }',
    'src/logo.svg': '<svg/>',
    'src/app.scss':
      '@use \'styles/colors\';\n@import "./styles/base.css";\n.a { background: url(./logo.svg) } /* ./styles/base.css */\n',
    'src/b.module.css': '.b { composes: a from "./styles/base.css"; background: url("logo.svg#part") }\n',
    'src/main.ts': "import './app.scss';\n",
    'src/App.vue':
      "<script setup lang=\"ts\">\nimport './main';\n</script>\n<style>@import './styles/base.css';</style>\n",
    'index.html': '<script src="/src/main.ts"></script><link href="src/styles/base.css">\n',
    'package.json': '{"name":"site"}',
  };
  expect(await changed(files, 'src/styles=src/theme', 'src/main.ts=src/start.ts', 'src/logo.svg=src/art/')).toEqual({
    'src/app.scss':
      '@use \'theme/colors\';\n@import "./theme/base.css";\n.a { background: url(./art/logo.svg) } /* ./styles/base.css */\n',
    'src/b.module.css': '.b { composes: a from "./theme/base.css"; background: url("art/logo.svg#part") }\n',
    'src/App.vue':
      "<script setup lang=\"ts\">\nimport './start';\n</script>\n<style>@import './theme/base.css';</style>\n",
    'index.html': '<script src="/src/start.ts"></script><link href="src/theme/base.css">\n',
  });
});

it('package.json, tsconfig and configuration', async () => {
  const files = {
    'package.json': JSON.stringify({
      name: 'tool',
      type: 'module',
      bin: { tool: './dist/cli.js' },
      main: './dist/index.js',
      types: './dist/index.d.ts',
      exports: {
        '.': { types: './dist/index.d.ts', default: './dist/index.js' },
        './utils': './src/utils/index.ts',
        './raw/*': './src/utils/*.ts',
      },
      imports: { '#utils/*': './src/utils/*.ts' },
      files: ['dist', 'src/utils', '!src/utils/secret.ts'],
      sideEffects: ['./src/utils/setup.ts'],
      scripts: {
        build: 'tsc',
        gen: 'node --import tsx src/utils/gen.ts --out utils && eslint "src/utils/**/*.ts"',
        utils: 'echo utils',
      },
      jest: { setupFiles: ['<rootDir>/src/utils/setup.ts'] },
    }),
    'tsconfig.json':
      '{\n  // mine\n  "compilerOptions": { "outDir": "dist", "rootDir": "src", "paths": { "~utils/*": ["./src/utils/*"] } },\n  "include": ["src", "src/utils/**/*"],\n  "files": ["src/utils/setup.ts"]\n}\n',
    'vite.config.ts':
      "import { resolve } from 'node:path';\nexport default { alias: { u: resolve(__dirname, 'src/utils') }, x: new URL('./src/utils', import.meta.url) };\n",
    '.github/workflows/ci.yml':
      '# src/utils/gen.ts\non: push\njobs:\n  a:\n    steps:\n      - run: node src/utils/gen.ts\n',
    'src/cli.ts': "import '#utils/gen';\nimport 'tool/utils';\nimport '~utils/setup';\n",
    'src/index.ts': a,
    'src/utils/index.ts': a,
    'src/utils/gen.ts': a,
    'src/utils/setup.ts': a,
    'src/utils/secret.ts': a,
  };
  const after = await changed(files, 'src/utils=src/lib/tools', 'src/cli.ts=src/bin/cli.ts');
  expect(JSON.parse(after['package.json'] ?? '')).toEqual({
    name: 'tool',
    type: 'module',
    bin: { tool: './dist/bin/cli.js' },
    main: './dist/index.js',
    types: './dist/index.d.ts',
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './utils': './src/lib/tools/index.ts',
      './raw/*': './src/lib/tools/*.ts',
    },
    imports: { '#utils/*': './src/lib/tools/*.ts' },
    files: ['dist', 'src/lib/tools', '!src/lib/tools/secret.ts'],
    sideEffects: ['./src/lib/tools/setup.ts'],
    scripts: {
      build: 'tsc',
      gen: 'node --import tsx src/lib/tools/gen.ts --out utils && eslint "src/lib/tools/**/*.ts"',
      utils: 'echo utils',
    },
    jest: { setupFiles: ['<rootDir>/src/lib/tools/setup.ts'] },
  });
  expect(after['tsconfig.json']).toBe(files['tsconfig.json'].replaceAll('src/utils', 'src/lib/tools'));
  expect(after['vite.config.ts']).toBe(files['vite.config.ts'].replaceAll('src/utils', 'src/lib/tools'));
  expect(after['.github/workflows/ci.yml']).toBe(
    files['.github/workflows/ci.yml'].replace('node src/utils', 'node src/lib/tools'),
  );
  expect(after['src/bin/cli.ts']).toBeUndefined();
});

describe('across packages of a workspace', () => {
  const files = {
    'package.json': '{"private":true,"workspaces":["packages/*"]}',
    'packages/a/package.json': '{"name":"@w/a","exports":{".":"./src/index.ts","./*":"./src/*.ts"}}',
    'packages/a/src/index.ts': "export * from './one';\n",
    'packages/a/src/one.ts': "import './two';\nexport const one = 1;\n",
    'packages/a/src/two.ts': a,
    'packages/b/package.json': '{"name":"@w/b","exports":{".":"./src/index.ts"},"dependencies":{"@w/a":"*"}}',
    'packages/b/src/index.ts': "import '@w/a/one';\nimport { own } from './own';\n",
    'packages/b/src/own.ts': 'export const own = 1;\n',
  };

  it('a relative path that would leave its package becomes the name of the other', async () => {
    expect(await changed(files, 'packages/b/src/index.ts=packages/b/src/main/index.ts')).toMatchObject({
      'packages/b/src/main/index.ts': "import '@w/a/one';\nimport { own } from '../own';\n",
      'packages/b/package.json': files['packages/b/package.json'].replace('src/index.ts', 'src/main/index.ts'),
    });
    const both = { ...files, 'packages/b/package.json': '{"name":"@w/b","dependencies":{"@w/a":"*"}}' };
    expect(await changed(both, 'packages/a/src/one.ts=packages/b/src/one.ts')).toEqual({
      'packages/a/src/index.ts': "export * from '@w/b/src/one';\n",
      'packages/b/src/one.ts': "import '@w/a/two';\nexport const one = 1;\n",
      'packages/b/src/index.ts': "import '@w/b/src/one';\nimport { own } from './own';\n",
    });
  });

  it('what the other package does not export is an obstacle', async () => {
    const { obstacles } = await studyFiles(files, ['packages/a/src/one.ts=packages/b/src/one.ts']);
    expect(obstacles.map(({ file, line, specifier, why }) => `${file}:${line} ${specifier}: ${why}`)).toEqual([
      'packages/a/src/index.ts:1 ./one: @w/b does not export packages/b/src/one.ts',
    ]);
  });
});

it('a file that comes in the way of another name is told from it, or is an obstacle', async () => {
  const files = { 'src/a.js': a, 'src/b.js': "require('./a');\n", 'src/c.ts': a };
  expect(await changed(files, 'src/c.ts=src/a.ts')).toEqual({ 'src/b.js': "require('./a.js');\n" });
  const { obstacles } = await studyFiles({ 'src/b.js': "require('./made');\n", 'src/c.ts': a }, [
    'src/c.ts=src/made.ts',
  ]);
  expect(obstacles).toEqual([
    {
      file: 'src/b.js',
      line: 1,
      specifier: './made',
      why: 'as ./made it would reach src/made.ts, and it has to reach what it reaches now, outside of the tree',
    },
  ]);
});

it('folders of rootDirs stay one folder', async () => {
  const files = {
    'tsconfig.json': '{ "compilerOptions": { "rootDirs": ["src", "generated"] } }',
    'src/views/page.ts': "import './page.css.js';\n",
    'generated/views/page.css.ts': a,
  };
  expect(await changed(files, 'src/views/page.ts=src/pages/one.ts')).toEqual({
    'src/pages/one.ts': "import '../views/page.css.js';\n",
  });
  expect(await changed(files, 'generated/views/page.css.ts=generated/made/page.css.ts')).toEqual({
    'src/views/page.ts': "import '../made/page.css.js';\n",
  });
});

it('a path to what git does not track leads there still, and is named', async () => {
  const files = {
    'src/a.ts': "import '../dist/made.js';\nimport './generated/one.js';\nimport './b.js';\n",
    'src/b.ts': a,
    'src/keep.ts': "import './generated/one.js';\n",
  };
  expect(await changed(files, 'src/a.ts=src/deep/a.ts')).toEqual({
    'src/deep/a.ts': "import '../../dist/made.js';\nimport '../generated/one.js';\nimport '../b.js';\n",
  });
  const study = await studyFiles(files, ['src/a.ts=src/deep/a.ts']);
  expect(moveFindings(study).map(({ rule, line }) => `${rule} ${line}`)).toEqual([
    'move/untracked 1',
    'move/untracked 2',
  ]);
});

it('a folder whose name looks like a pattern is that folder', async () => {
  const files = { 'src/[id]/page.ts': "import '../b.js';\n", 'src/b.ts': a, 'src/i/page.ts': a };
  expect(await changed(files, 'src/[id]=src/deep/[slug]')).toEqual({
    'src/deep/[slug]/page.ts': "import '../../b.js';\n",
  });
});

it('a folder that a pattern empties goes as a whole', async () => {
  const files = {
    'package.json':
      '{"name":"words","exports":{".":"./src/index.js","./locales/*.json":"./src/locales/*.json"},"knip":{"entry":["src/locales/*.json"]}}',
    'README.md': '[texts][ref]\n\n[ref]: ./src/locales/\n',
    Dockerfile:
      'FROM node AS build\nWORKDIR /srv\nCOPY . .\nFROM node\nCOPY --from=build /srv/src/locales /srv/locales\n',
    'src/index.js': "export { default } from './locales/en.json';\n",
    'src/locales/en.json': '{}',
    'src/locales/de.json': '[]',
  };
  const all = await changed(files, 'src/locales/*.json=i18n/');
  expect(all).toEqual({
    'package.json': files['package.json'].replaceAll('src/locales', 'i18n'),
    'README.md': '[texts][ref]\n\n[ref]: ./i18n/\n',
    Dockerfile: files.Dockerfile.replace('src/locales', 'i18n'),
    'src/index.js': "export { default } from '../i18n/en.json';\n",
  });
  expect(Object.keys(await changed(files, 'src/locales/en.json=i18n/en.json'))).toEqual(['src/index.js']);
});

describe('a file that goes out of', () => {
  const files = {
    'package.json': '{"name":"words","exports":{"./tools/*":"./src/tools/*.js"},"knip":{"entry":["src/tools/*.js"]}}',
    'knip.json': '{"workspaces":{"packages/core":{"entry":["src/deep/*.js"]}}}',
    '.github/workflows/ci.yml': "on:\n  push:\n    paths:\n      - '!src/tools/*.js'\n",
    'eslint.config.js': "export default [{ files: ['src/{pages,tools}/**/*.js'] }];\n",
    'src/tools/one.js': a,
    'src/tools/two.js': a,
    'packages/core/package.json': '{"name":"core"}',
    'packages/core/src/deep/one.js': a,
  };
  const found = async (wish: string, one: Files = files) =>
    moveFindings(await studyFiles(one, [wish])).map(({ rule, file, message }) => `${rule} ${file}: ${message}`);

  it('the patterns of configuration, whose names others import it by', async () => {
    const lost = 'takes in src/tools/one.js, and not lib/one.js.';
    expect(await found('src/tools/one.js=lib/one.js')).toEqual([
      `move/pattern eslint.config.js: The pattern src/{pages,tools}/**/*.js ${lost}`,
      `move/pattern package.json: The pattern src/tools/*.js ${lost}`,
      `move/pattern .github/workflows/ci.yml: The pattern src/tools/*.js ${lost}`,
      'move/public-name package.json: Others import src/tools/one.js as words/tools/one, and ./src/tools/*.js of exports does not take in lib/one.js.',
    ]);
  });

  it('a package that nobody installs', async () => {
    const own = { ...files, 'package.json': files['package.json'].replace('{', '{"private":true,') };
    expect((await found('src/tools/one.js=lib/one.js', own)).join('\n')).not.toContain('public-name');
  });

  it('a workspace of Knip', async () => {
    expect(await changed(files, 'packages/core/src/deep=packages/core/src/far')).toEqual({
      'knip.json': files['knip.json'].replace('deep', 'far'),
    });
  });
});

it('paths in percent-encoding lead to the same files', async () => {
  const files = {
    'README.md': '[a](<src/mit leer/a b.js>) [b](src/mit%20leer/a%20b.js#L1) [c](src/c.js "title")\n',
    'src/mit leer/a b.js': a,
    'src/c.js': a,
    'src/use.js':
      "export * from './mit%20leer/a%20b.js';\nnew URL('./mit%20leer/a%20b.js', import.meta.url);\nimport './mit leer/a b.js';\n",
  };
  expect(await changed(files, 'src/mit leer=src/new place', 'src/c.js=src/c d.js')).toEqual({
    'README.md': '[a](<src/new place/a b.js>) [b](src/new%20place/a%20b.js#L1) [c](src/c%20d.js "title")\n',
    'src/use.js':
      "export * from './new%20place/a%20b.js';\nnew URL('./new%20place/a%20b.js', import.meta.url);\nimport './new place/a b.js';\n",
  });
});

it('a name that a URL ends before is an obstacle, and one of require is not', async () => {
  const files = { 'src/a.js': a, 'src/b.js': "import './a.js';\n", 'src/c.cjs': "require('./a.js');\n" };
  const { obstacles } = await studyFiles(files, ['src/a.js=src/a #1.js']);
  expect(obstacles.map(({ file, why }) => `${file}: ${why}`)).toEqual([
    'src/b.js: in a URL, as which it is read, src/a #1.js would end at its # or ?, or its % mean another',
  ]);
});

it('paths with a space are listed in texts in each way of writing them', async () => {
  const texts = [
    ['package.json', JSON.stringify({ scripts: { x: 'node "src/mit leer/a b.js"' } })],
    ['notes.txt', 'src/mit\\ leer/a\\ b.js and src/mit%20leer/\n'],
  ] as const;
  const study = await studyFiles({ ...Object.fromEntries(texts), 'src/mit leer/a b.js': a }, [
    'src/mit leer=src/new place',
  ]);
  const found = texts.flatMap(([path, text]) => mentionFinder(study)(path, text));
  expect(found.map(({ file, message }) => `${file}: ${message}`)).toEqual([
    'package.json: src/mit leer/a b.js looks like src/mit leer/a b.js, which moves to src/new place/a b.js; it is left as it is.',
    'notes.txt: src/mit\\ leer/a\\ b.js looks like src/mit leer/a b.js, which moves to src/new place/a b.js; it is left as it is.',
    'notes.txt: src/mit%20leer looks like src/mit leer, which moves to src/new place; it is left as it is.',
  ]);
});
