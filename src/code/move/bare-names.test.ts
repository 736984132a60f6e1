import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { filesAfter, studyFiles } from '../../../test/support/move-files.ts';
import { compilerPaths } from '../graph/path-fields.ts';
import { moveFindings } from './move-findings.ts';

const source = {
  'src/a.ts': 'export const a = 1;\n',
  'src/utils/b.ts': 'export const b = 1;\n',
  'gen/c.ts': 'export {};\n',
};
const manifest = { 'package.json': '{ "name": "demo" }' };

type Done = { readonly text: string | undefined; readonly listed: readonly string[] };

/** One file of configuration after `src` went to `lib`, with what is listed in it; moving back has to give its bytes. */
async function moved(path: string, text: string, wish = 'src=lib'): Promise<Done> {
  const files = { ...manifest, ...source, [path]: text };
  const study = await studyFiles(files, [wish]);
  expect(study.obstacles).toEqual([]);
  const after = filesAfter(files, study);
  const back = await studyFiles(
    after,
    [...study.moved.folders].slice(0, 1).map(([from, to]) => `${to}=${from}`),
  );
  if (study.moved.folders.size > 0) expect(filesAfter(after, back)[path]).toBe(text);
  const listed = moveFindings(study).filter(({ file }) => file === path);
  return { text: after[path], listed: listed.map(({ rule, line, message }) => `${rule}:${line} ${message}`) };
}

describe('a bare name that is a path by its field follows', () => {
  const json = (value: unknown): string => JSON.stringify(value);
  const options = (value: unknown): string => json({ compilerOptions: value });
  const cases: Readonly<Record<string, readonly [path: string, before: string, after: string]>> = {
    rootDir: [
      'tsconfig.json',
      options({ rootDir: 'src', outDir: 'dist' }),
      options({ rootDir: 'lib', outDir: 'dist' }),
    ],
    'rootDir with a slash': ['tsconfig.json', options({ rootDir: 'src/' }), options({ rootDir: 'lib/' })],
    rootDirs: ['tsconfig.json', options({ rootDirs: ['src', 'gen'] }), options({ rootDirs: ['lib', 'gen'] })],
    'baseUrl and paths from it': [
      'tsconfig.json',
      options({ baseUrl: 'src', paths: { '~/*': ['../src/*'], u: ['utils/b.ts'], g: ['../gen/c.ts'] } }),
      options({ baseUrl: 'lib', paths: { '~/*': ['../lib/*'], u: ['utils/b.ts'], g: ['../gen/c.ts'] } }),
    ],
    sourceRoot: ['tsconfig.json', options({ sourceRoot: 'src' }), options({ sourceRoot: 'lib' })],
    directories: ['package.json', json({ directories: { lib: 'src' } }), json({ directories: { lib: 'lib' } })],
    'jest.rootDir': ['package.json', json({ jest: { rootDir: 'src' } }), json({ jest: { rootDir: 'lib' } })],
    'jest from its rootDir': [
      'package.json',
      json({ jest: { rootDir: 'src', setupFiles: ['<rootDir>/utils/b.ts'], collectCoverageFrom: ['utils/**/*.ts'] } }),
      json({ jest: { rootDir: 'lib', setupFiles: ['<rootDir>/utils/b.ts'], collectCoverageFrom: ['utils/**/*.ts'] } }),
    ],
    collectCoverageFrom: [
      'jest.config.json',
      json({ collectCoverageFrom: ['src/**/*.ts', '!src/utils/**'], modulePaths: ['src'] }),
      json({ collectCoverageFrom: ['lib/**/*.ts', '!lib/utils/**'], modulePaths: ['lib'] }),
    ],
    nodemonConfig: [
      'package.json',
      json({ nodemonConfig: { watch: ['src'], ignore: ['src/utils'], exec: 'tsx src' } }),
      json({ nodemonConfig: { watch: ['lib'], ignore: ['lib/utils'], exec: 'tsx lib' } }),
    ],
    'lint-staged': [
      'package.json',
      json({ 'lint-staged': { 'src/**/*.ts': ['eslint src'] } }),
      json({ 'lint-staged': { 'lib/**/*.ts': ['eslint lib'] } }),
    ],
    'a file of lint-staged': [
      '.lintstagedrc.json',
      json({ 'src/**/*.ts': ['eslint src'] }),
      json({ 'lib/**/*.ts': ['eslint lib'] }),
    ],
    'nodemon.json': ['nodemon.json', json({ watch: 'src' }), json({ watch: 'lib' })],
    'paths of a workflow': [
      '.github/workflows/ci.yml',
      'on:\n  push:\n    branches: [src]\n    paths: ["src/**", src] # src\n    paths-ignore:\n      - \'src/utils/**\'\n',
      'on:\n  push:\n    branches: [src]\n    paths: ["lib/**", lib] # src\n    paths-ignore:\n      - \'lib/utils/**\'\n',
    ],
    'working-directory, and what runs in it': [
      '.github/workflows/ci.yml',
      'jobs:\n  src:\n    steps:\n      - run: |\n          ls utils\n          cat ../src/a.ts\n        working-directory: src\n      - run: ls src # src\n',
      'jobs:\n  src:\n    steps:\n      - run: |\n          ls utils\n          cat ../lib/a.ts\n        working-directory: lib\n      - run: ls lib # src\n',
    ],
    'CODEOWNERS, wherever it stands': [
      '.github/CODEOWNERS',
      '/src/ @you\nsrc/utils @src/utils\n',
      '/lib/ @you\nlib/utils @src/utils\n',
    ],
    'a recipe of a Makefile': [
      'Makefile',
      'OUT := out\nsrc: gen\n\t@cd src && ls utils \\\n\t  && cat ../src/a.ts\n\tcp $(OUT)/a.ts src/a.ts # src\n\ttsx $(OUT)/src\n# src\n',
      'OUT := out\nsrc: gen\n\t@cd lib && ls utils \\\n\t  && cat ../lib/a.ts\n\tcp $(OUT)/a.ts lib/a.ts # src\n\ttsx $(OUT)/src\n# src\n',
    ],
    'TOML, by its keys': [
      'netlify.toml',
      '[build]\nname = "a"\ncommand = "cd src && tsx a.ts" # src\nignore = "ls src"\n[functions]\ndirectory = \'src\'\nfiles = [\n  "src/utils/*", # src\n  "gen",\n]\n[[other]]\ninner = { cwd = "src" }\ntext = """\ndirectory = "src"\n"""\n',
      '[build]\nname = "a"\ncommand = "cd lib && tsx a.ts" # src\nignore = "ls lib"\n[functions]\ndirectory = \'lib\'\nfiles = [\n  "lib/utils/*", # src\n  "gen",\n]\n[[other]]\ninner = { cwd = "lib" }\ntext = """\ndirectory = "src"\n"""\n',
    ],
    'properties of a scanner': [
      'sonar-project.properties',
      '# src\nsonar.projectKey=a\nsonar.sources=src,gen\nsonar.exclusions = src/utils/**\n',
      '# src\nsonar.projectKey=a\nsonar.sources=lib,gen\nsonar.exclusions = lib/utils/**\n',
    ],
    '.gitattributes': [
      '.gitattributes',
      'src/** text\n/src/a.ts linguist-generated\n',
      'lib/** text\n/lib/a.ts linguist-generated\n',
    ],
  };
  for (const [name, [path, before, after]] of Object.entries(cases))
    it(name, async () => expect(await moved(path, before)).toEqual({ text: after, listed: [] }));
});

describe('a word of a command', () => {
  const script = (command: string): string => JSON.stringify({ scripts: { src: 'true', it: command } });
  const follows: Readonly<Record<string, string>> = {
    'eslint src': 'eslint lib',
    'eslint --fix "src/**/*.ts" src/': 'eslint --fix "lib/**/*.ts" lib/',
    'c8 --src=src mocha --grep src src': 'c8 --src=lib mocha --grep src lib',
    'nodemon --watch src': 'nodemon --watch lib',
    'tsc --rootDir src && npm run src': 'tsc --rootDir lib && npm run src',
    'cross-env CI=1 npx rimraf src; yarn prettier --check src':
      'cross-env CI=1 npx rimraf lib; yarn prettier --check lib',
    'cd src && ls utils && cat ../src/a.ts': 'cd lib && ls utils && cat ../lib/a.ts',
    '(cd src && ls) && cp -r src out': '(cd lib && ls) && cp -r lib out',
    'concurrently \'vitest src\' "biome check src"': 'concurrently \'vitest lib\' "biome check lib"',
    'somebody --root-dir=src "src/*.ts"': 'somebody --root-dir=lib "lib/*.ts"',
    'NODE_OPTIONS="--require ./gen/c.ts" mocha src --name="src b"':
      'NODE_OPTIONS="--require ./gen/c.ts" mocha lib --name="src b"',
    'git add src && [ -d src ]': 'git add lib && [ -d lib ]',
  };
  for (const [before, after] of Object.entries(follows))
    it(before, async () =>
      expect(await moved('package.json', script(before))).toEqual({ text: script(after), listed: [] }),
    );

  for (const command of ['somebody src', 'git checkout src', 'jest -t src', 'npm run it src', 'cd $HOME && ls src'])
    it(`${command} is listed`, async () =>
      expect(await moved('package.json', script(command))).toEqual({
        text: script(command),
        listed: [
          'move/mention:1 src may be src, which is lib then, or the name of something else; it is left as it is.',
        ],
      }));
});

it('a name in a field that nobody knows is listed', async () => {
  const text = 'jobs:\n  a:\n    strategy:\n      matrix:\n        part: [src, gen]\n';
  expect(await moved('.github/workflows/ci.yml', text)).toMatchObject({
    text,
    listed: [expect.stringMatching(/^move\/mention:5 src may be src/)],
  });
});

it.each([
  ['Makefile', 'DIR = src\n'],
  ['netlify.toml', '[a]\nother = "src"\n'],
  ['sonar-project.properties', 'sonar.other=src\n'],
])('a name that may be something else is listed: %s', async (path, text) => {
  const line = path === 'netlify.toml' ? 2 : 1;
  expect(await moved(path, text)).toMatchObject({
    text,
    listed: [expect.stringMatching(new RegExp(`^move/mention:${line} src may be src`))],
  });
});

it('where a part of a folder goes, what names the folder stays and is listed', async () => {
  const text = '{ "compilerOptions": { "rootDir": "src" }, "include": ["src"] }';
  expect(await moved('tsconfig.json', text, 'src/utils/*.ts=lib/')).toEqual({
    text,
    listed: [
      'move/pattern:1 src takes in src/utils/b.ts, and not lib/b.ts.',
      'move/pattern:1 src takes in src/utils/b.ts, and not lib/b.ts.',
    ],
  });
  expect(await moved('tsconfig.json', text, 'src/utils/*.ts=src/more/')).toEqual({ text, listed: [] });
});

it('a path of constant parts that is written anew is not listed as left', async () => {
  const before = "import path from 'node:path';\nexport default { alias: { '@': path.resolve(__dirname, 'src') } };\n";
  expect(await moved('vite.config.js', before)).toEqual({ text: before.replace("'src'", "'lib'"), listed: [] });
});

it('the options of tsconfig that hold paths are those that TypeScript declares', () => {
  const declared: unknown = Reflect.get(ts, 'optionDeclarations');
  const names = Array.isArray(declared)
    ? declared.filter(({ isFilePath, element }) => isFilePath === true || element?.isFilePath === true)
    : [];
  expect(names.length).toBeGreaterThan(8);
  expect(names.map(({ name }) => name).filter((name) => !compilerPaths.has(name))).toEqual([]);
});

it('a string of a script is a path by its member, and from the parts before it; another is listed', async () => {
  const text = [
    "import path from 'node:path';",
    'export default {',
    "  root: 'src',",
    "  name: 'src',",
    "  test: { include: ['src/**/*.test.ts'], setupFiles: ['src/a.ts'], other: ['src'] },",
    "  made: path.join(__dirname, 'gen', 'src'),",
    "  kept: path.resolve(import.meta.dirname, 'src', 'utils'),",
    '};',
    '',
  ].join('\n');
  const after = text
    .replace("root: 'src'", "root: 'lib'")
    .replace("'src/**/*.test.ts'", "'lib/**/*.test.ts'")
    .replace("'src/a.ts'", "'lib/a.ts'")
    .replace("dirname, 'src'", "dirname, 'lib'");
  const done = await moved('vitest.config.js', text);
  expect(done.text).toBe(after);
  expect(done.listed).toEqual([expect.stringMatching(/^move\/mention:4 /), expect.stringMatching(/^move\/mention:5 /)]);
});

it('a folder that a file leaves is told with its place alone, and only where no other entry takes the file in', async () => {
  const text = JSON.stringify({ include: ['src', 'gen'] });
  const files = { ...manifest, ...source, 'tsconfig.json': text };
  const found = async (wish: string) => moveFindings(await studyFiles(files, [wish]));
  expect(await found('src/utils/b.ts=gen/b.ts')).toEqual([]);
  const [told, ...others] = await found('src/utils/b.ts=lib/b.ts');
  expect(others).toEqual([]);
  expect(Object.keys(told ?? {})).toEqual(['rule', 'severity', 'message', 'cure', 'object', 'file', 'line', 'column']);
});
