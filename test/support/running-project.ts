import fc from 'fast-check';
import { folderPath } from '#code/text/search-text';
import { relativeFrom } from '#code/tree/tree-path';
import type { Files } from './move-files.ts';

/** A workspace whose modules say which file each of their specifiers reached when it runs, and moves in it. */
export type RunningProject = { readonly files: Files; readonly wishes: readonly string[] };

/** Packages by the kind of their modules: ES modules and CommonJS that Node runs, TypeScript that Vitest runs. */
const homes = ['core', 'old', 'web'] as const;
type Home = (typeof homes)[number];
const ending: Readonly<Record<Home, string>> = { core: '.js', old: '.js', web: '.ts' };
const styles: Readonly<Record<Home, readonly string[]>> = {
  core: ['import', 'reexport', 'dynamic', 'imports', 'own-name', 'meta-resolve', 'url', 'asset', 'doc'],
  old: ['require', 'require-bare', 'require-resolve', 'require-json', 'doc'],
  web: ['bare', 'script', 'alias', 'bundler-alias', 'package', 'type', 'reference', 'mock', 'raw', 'json'],
};
const folders = ['', 'one/', 'one/deep/', 'two/'];

const shape = fc.record({
  places: fc.array(fc.record({ home: fc.nat(2), folder: fc.nat(folders.length - 1), isIndex: fc.boolean() }), {
    minLength: 6,
    maxLength: 10,
  }),
  edges: fc.array(fc.record({ from: fc.nat(), to: fc.nat(), style: fc.nat() }), { minLength: 24, maxLength: 40 }),
  moves: fc.array(fc.record({ isFolder: fc.boolean(), at: fc.nat(), to: fc.nat(3) }), { minLength: 3, maxLength: 6 }),
});

/** Projects that run, with up to six moves of files, folders and whole packages. */
export const runningProject: fc.Arbitrary<RunningProject> = shape.map(({ places, edges, moves }) => {
  const paths = [
    ...pathsOf(places),
    'packages/core/src/first.js',
    'packages/old/src/first.js',
    'packages/web/src/first.ts',
  ];
  const found = edges.flatMap(({ from: at, to, style }, mark) => {
    const from = paths[at % paths.length] ?? '';
    const home = homeOf(from);
    const kind = styles[home][style % styles[home].length] ?? '';
    const open = paths.filter((path) => path !== from && homeOf(path) === (kind === 'package' ? 'core' : home));
    const target = open[to % Math.max(open.length, 1)];
    return target === undefined ? [] : [{ mark, from, target, style: kind }];
  });
  return { files: filesOf(paths, found), wishes: wishesOf(paths, moves) };
});

type Edge = { readonly mark: number; readonly from: string; readonly target: string; readonly style: string };

function homeOf(path: string): Home {
  return homes.find((home) => path.startsWith(`packages/${home}/`)) ?? 'core';
}

function pathsOf(
  places: readonly { readonly home: number; readonly folder: number; readonly isIndex: boolean }[],
): readonly string[] {
  const paths = places.map(({ home: at, folder, isIndex }, count) => {
    const home = homes[at] ?? 'core';
    const base = `packages/${home}/src/${folders[folder] ?? ''}`;
    return `${base}${isIndex && folder > 0 ? 'index' : `file${count}`}${ending[home]}`;
  });
  return [...new Set(paths)];
}

/** What a module is called in its own text. */
function idOf(path: string): string {
  return `is ${path.replace(/\.\w+$/, '')}`;
}

function line({ mark, from, target, style }: Edge): string {
  const way = relativeFrom(folderPath(from), target);
  const bare = way.replace(/(\/index)?\.\w+$/, '');
  const name = target.replace(/^packages\/\w+\/src\//, '').replace(/\.\w+$/, '');
  const data = way.replace(/\.\w+$/, '.txt');
  const json = way.replace(/\.\w+$/, '.json');
  const value = `export const e${mark} = `;
  const all = (specifier: string) => `import * as n${mark} from '${specifier}';\n${value}() => n${mark}.id;`;
  const forms: Readonly<Record<string, string>> = {
    import: all(way),
    reexport: `export * as r${mark} from "${way}";\nimport { id as i${mark} } from '${way}';\n${value}() => i${mark};`,
    dynamic: `${value}async () => (await import('${way}')).id;`,
    imports: all(`#${name}`),
    'own-name': all(`@made/core/${name}`),
    package: all(`@made/core/${name}`),
    'meta-resolve': `${value}() => told(readFileSync(fileURLToPath(import.meta.resolve('${way}')), 'utf8'));`,
    url: `${value}() => told(readFileSync(new URL('${way}', import.meta.url), 'utf8'));`,
    asset: `${value}() => readFileSync(new URL('${data}', import.meta.url), 'utf8');`,
    doc: `/** @type {typeof import('${way}').id} */\nconst t${mark} = '${idOf(target)}';\n${from.includes('/old/') ? 'exports.e' : 'export const e'}${mark} = () => t${mark};`,
    require: `exports.e${mark} = () => require('${way}').id;`,
    'require-bare': `exports.e${mark} = () => require('${bare}').id;`,
    'require-resolve': `exports.e${mark} = () => told(readFileSync(require.resolve('${way}'), 'utf8'));`,
    'require-json': `exports.e${mark} = () => require('${json}').id;`,
    bare: all(bare),
    script: all(way.replace(/\.ts$/, '.js')),
    alias: all(`@/${name}`),
    'bundler-alias': `// @ts-ignore\n${all(`~/${name}`)}`,
    type: `type T${mark} = (typeof import('${bare}'))['id'];\nconst t${mark}: T${mark} = '${idOf(target)}';\n${value}() => t${mark};`,
    reference: `${value}() => '${idOf(target)}';`,
    mock: `${value}() => '${idOf(target)}';`,
    raw: `import raw${mark} from '${data}?raw';\n${value}() => raw${mark};`,
    json: `import json${mark} from '${json}';\n${value}() => json${mark}.id;`,
  };
  return forms[style] ?? '';
}

const heads: Readonly<Record<Home, string>> = {
  core: "import { readFileSync } from 'node:fs';\nimport { fileURLToPath } from 'node:url';\nconst told = (text) => /^(?:export )?const id = '(.*?)'/m.exec(text)?.[1];\nvoid [readFileSync, fileURLToPath, told];",
  old: "const { readFileSync } = require('node:fs');\nconst told = (text) => /^(?:export )?const id = '(.*?)'/m.exec(text)?.[1];\nvoid [readFileSync, told];",
  web: '// written in TypeScript, and run by Vitest',
};

function filesOf(paths: readonly string[], edges: readonly Edge[]): Files {
  const sources = paths.flatMap((path) => {
    const own = edges.filter(({ from }) => from === path);
    const references = own.filter(({ style }) => style === 'reference');
    const isOld = homeOf(path) === 'old';
    const text = [
      ...references.map(({ target }) => `/// <reference path="${relativeFrom(folderPath(path), target)}" />`),
      heads[homeOf(path)],
      isOld
        ? `/** @type {'${idOf(path)}'} */\nconst id = '${idOf(path)}';\nexports.id = id;`
        : `export const id = '${idOf(path)}';`,
      ...own.map(line),
      '',
    ].join('\n');
    const bare = path.replace(/\.\w+$/, '');
    return [
      [path, text],
      [`${bare}.txt`, idOf(path)],
      [`${bare}.json`, `{ "id": "${idOf(path)}" }\n`],
    ];
  });
  return { ...fixed, ...Object.fromEntries(sources), ...tests(paths, edges) };
}

function tests(paths: readonly string[], edges: readonly Edge[]): Files {
  const all = homes.map((home) => {
    const own = paths.filter((path) => homeOf(path) === home);
    const checks = edges.filter(({ from }) => homeOf(from) === home);
    const folder = `packages/${home}/test`;
    const load = (path: string) => `${home === 'old' ? 'require(' : 'await import('}'${relativeFrom(folder, path)}')`;
    const lines = checks.map(
      ({ mark, from, target, style }) =>
        `test('${mark} ${style}', async () => same(await (${load(from)}).e${mark}(), '${idOf(target)}'));`,
    );
    const others = own.map(
      (path, at) => `test('module ${at}', async () => same((${load(path)}).id, '${idOf(path)}'));`,
    );
    return [`${folder}/all.test${ending[home]}`, [testHeads[home], ...lines, ...others, ''].join('\n')];
  });
  const mocks = edges
    .filter(({ style }) => style === 'mock')
    .map(({ mark, target }) => {
      const way = relativeFrom('packages/web/test', target).replace(/(\/index)?\.ts$/, '');
      return [
        `packages/web/test/mock${mark}.test.ts`,
        `import { expect, test, vi } from 'vitest';\nimport { id } from '${way}';\nvi.mock('${way}', () => ({ id: 'mocked' }));\ntest('mock', async () => {\n  expect(id).toBe('mocked');\n  expect((await vi.importActual<typeof import('${way}')>('${way}')).id).toBe('${idOf(target)}');\n});\n`,
      ];
    });
  return Object.fromEntries([...all, ...mocks]);
}

const testHeads: Readonly<Record<Home, string>> = {
  core: "import { strictEqual as same } from 'node:assert';\nimport test from 'node:test';",
  old: "const { strictEqual: same } = require('node:assert');\nconst test = require('node:test');",
  web: "import { expect, test } from 'vitest';\nconst same = (one: unknown, other: unknown) => expect(one).toBe(other);",
};

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
const checked = { noEmit: true, skipLibCheck: true, strict: false, types: ['node'], target: 'es2022' };

const fixed: Files = {
  'package.json': json({ name: 'made', private: true, workspaces: ['packages/*'] }),
  'packages/core/package.json': json({
    name: '@made/core',
    type: 'module',
    imports: { '#*': './src/*.js' },
    exports: { './*': './src/*.js' },
  }),
  'packages/core/tsconfig.json': json({
    compilerOptions: { ...checked, allowJs: true, checkJs: true, module: 'nodenext', resolveJsonModule: true },
    include: ['.'],
  }),
  'packages/old/package.json': json({ name: '@made/old', main: './src/first.js' }),
  'packages/old/tsconfig.json': json({
    compilerOptions: { ...checked, allowJs: true, checkJs: true, module: 'node16', resolveJsonModule: true },
    include: ['.'],
  }),
  'packages/web/package.json': json({ name: '@made/web', type: 'module', dependencies: { '@made/core': '*' } }),
  'packages/web/tsconfig.json': json({
    compilerOptions: {
      ...checked,
      types: ['node', 'vite/client'],
      allowJs: true,
      module: 'esnext',
      moduleResolution: 'bundler',
      allowImportingTsExtensions: true,
      resolveJsonModule: true,
      paths: { '@/*': ['./src/*'] },
    },
    include: ['.'],
  }),
  'packages/web/vitest.config.ts':
    "import { resolve } from 'node:path';\nexport default {\n  resolve: { alias: { '@': resolve(import.meta.dirname, './src'), '~': resolve(import.meta.dirname, 'src') } },\n  test: { pool: 'threads' },\n};\n",
};

type MoveShape = { readonly isFolder: boolean; readonly at: number; readonly to: number };

/** A module goes with the data beside it; a folder that holds the first of a package takes the whole package along. */
function wishesOf(paths: readonly string[], moves: readonly MoveShape[]): readonly string[] {
  const wishes: string[] = [];
  const taken: string[] = [];
  for (const [count, { isFolder, at, to }] of moves.entries()) {
    const path = paths[at % paths.length] ?? '';
    const home = homeOf(path);
    const folder = folderPath(path);
    const source = `packages/${home}/src`;
    const isWhole = isFolder && folder === source;
    const whole = isFolder || path.includes('/index.');
    const from = isWhole ? `packages/${home}` : whole && folder !== source ? folder : path;
    if (taken.some((one) => one.startsWith(from) || from.startsWith(one))) continue;
    taken.push(from);
    if (isWhole) wishes.push(`${from}=${['libs', 'packages', 'apps/deep', 'packages'][to] ?? 'libs'}/${home}${count}`);
    else if (from === folder) wishes.push(`${from}=${source}/moved${count}`);
    else {
      const place = `${source}/${['', 'new/', 'one/other/', 'five/'][to] ?? ''}named${count}`;
      for (const end of [ending[home], '.txt', '.json']) wishes.push(`${from.replace(/\.\w+$/, end)}=${place}${end}`);
    }
  }
  return wishes;
}
