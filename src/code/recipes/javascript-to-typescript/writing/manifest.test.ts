import { expect, it } from 'vitest';
import type { Running } from '../reading/package-facts.ts';
import { manifestText } from './manifest.ts';

/** A script as it is then, and whether a person has to look at it. */
function scriptAfter(script: string, running: Running, stripsTypes = false): string {
  const { text, open } = manifestText(JSON.stringify({ scripts: { it: script } }), {
    home: '.',
    running,
    stripsTypes,
    added: {},
    rootDir: 'src',
    built: [],
    paths: [],
    moves: new Map(),
    needsBuild: false,
  });
  const { it: after, tsx } = { ...JSON.parse(text).scripts, ...JSON.parse(text).devDependencies };
  return [after, ...(tsx === undefined ? [] : ['+tsx']), ...(open.length === 0 ? [] : ['?'])].join(' ');
}

it.each([
  ['node a.ts', 'node --import tsx a.ts +tsx'],
  ['NODE_ENV=test LEVEL="a b" node a.ts', 'NODE_ENV=test LEVEL="a b" node --import tsx a.ts +tsx'],
  ['concurrently "node a.ts" "vite"', 'concurrently "node --import tsx a.ts" "vite" +tsx'],
  ['dotenv -e .env -- node src/a.mts | cat', 'dotenv -e .env -- node --import tsx src/a.mts | cat +tsx'],
  ['cd src & node a.ts', 'cd src & node --import tsx a.ts +tsx'],
  ['c8 -r html node a.ts', 'c8 -r html node --import tsx a.ts +tsx'],
  ['node --watch --import tsx a.ts', 'node --watch --import tsx a.ts'],
  ['X=1 node a.js && eslint b.ts', 'X=1 node a.js && eslint b.ts'],
  ['build --platform node a.ts', 'build --platform node a.ts'],
  ['nodemon a.ts', 'nodemon a.ts ?'],
])('where Node strips no types, %s', (script, after) => {
  expect(scriptAfter(script, 'tsx')).toBe(after);
});

it('beside a bundler, only what names TypeScript gets the loader, and only where Node needs it', () => {
  expect(scriptAfter('node server.ts', 'bundler')).toBe('node --import tsx server.ts +tsx');
  expect(scriptAfter('node server.js', 'bundler')).toBe('node server.js');
  expect(scriptAfter('node server.ts', 'bundler', true)).toBe('node server.ts');
});

it('nodemon starts TypeScript by another program than Node', () => {
  expect(scriptAfter('nodemon a.ts', 'node', true)).toBe('nodemon a.ts ?');
  expect(scriptAfter('nodemon --exec node a.ts', 'node', true)).toBe('nodemon --exec node a.ts');
  expect(scriptAfter('node a.ts', 'node', true)).toBe('node a.ts');
});

/** `exports` as it is then, and the patterns that are named. */
function exportsAfter(exports: unknown, running: Running, moved: readonly string[], kept: readonly string[] = []) {
  const ending = (path: string) => path.replace(/\.jsx?$/, (end) => end.replace('j', 't'));
  const made = manifestText(JSON.stringify({ exports }), {
    home: '.',
    running,
    stripsTypes: false,
    added: {},
    rootDir: 'src',
    built: moved.filter((path) => !path.startsWith('test/')),
    paths: [...moved, ...kept],
    moves: new Map(moved.map((path) => [path, ending(path)])),
    needsBuild: false,
  });
  return [JSON.parse(made.text).exports, ...made.left];
}

const others = ['src/data.json', 'styles/a.css', 'test/b.test.js'];

it.each([
  ['./src/*.js', { './*': './dist/*.js' }],
  ['./src/more/*.js', { './*': './dist/more/*.js' }],
  ['./src/*', { './*': './src/*', './index.js': './dist/index.js', './more/a.js': './dist/more/a.js' }],
  ['./*.js', { './*': './*.js', './src/index': './dist/index.js', './src/more/a': './dist/more/a.js' }],
  ['./styles/*.css', { './*': './styles/*.css' }],
  [
    { types: './types/*.d.ts', default: ['./src/*'] },
    {
      './*': { types: './types/*.d.ts', default: ['./src/*'] },
      './index.js': { types: './types/index.js.d.ts', default: ['./dist/index.js'] },
      './more/a.js': { types: './types/more/a.js.d.ts', default: ['./dist/more/a.js'] },
    },
  ],
])(
  'a pattern of `exports` leads to what the build writes, or what it no longer gives is written out: %j',
  (before, after) => {
    const made = exportsAfter(
      { '.': './src/index.js', './*': before },
      'build',
      ['src/index.js', 'src/more/a.js'],
      others,
    );
    expect(made).toEqual([{ '.': './dist/index.js', ...after }]);
  },
);

it.each([
  ['./src/*.js', { './*': './src/*.ts' }],
  ['./src/*', { './*': './src/*', './index.js': './src/index.ts', './more/a.js': './src/more/a.ts' }],
  ['./*.js', { './*': './*.js', './src/index': './src/index.ts', './src/more/a': './src/more/a.ts' }],
])('where nothing is built, a pattern of `exports` leads to the new names: %j', (before, after) => {
  const files = ['src/index.js', 'src/more/a.js'];
  expect(exportsAfter({ './*': before }, 'bundler', files, others)).toEqual([after]);
});

it('files of two endings, and one that stays, are written out beside their pattern', () => {
  const made = exportsAfter(
    { './*': './src/*.js', './b': null },
    'node',
    ['src/a.js', 'src/b.js', 'src/c.js'],
    ['src/d.js'],
  );
  expect(made).toEqual([{ './*': './src/*.js', './b': null, './a': './src/a.ts', './c': './src/c.ts' }]);
});

it('a pattern is named that finds more than can be written out', () => {
  const many = Array.from({ length: 51 }, (_, at) => `src/at-${at}.js`);
  expect(exportsAfter({ './*': './src/*' }, 'build', many, others)).toEqual([
    { './*': './src/*' },
    'exports > ./*: ./src/*',
  ]);
});

it('the main file is named without its ending, or by its folder, and within a list', () => {
  const text = JSON.stringify({ main: 'src', module: './src/index', exports: ['./src/index.js', './other.cjs'] });
  const made = manifestText(text, {
    home: '.',
    running: 'build',
    stripsTypes: false,
    added: {},
    rootDir: 'src',
    built: ['src/index.js'],
    paths: ['src/index.js', 'other.cjs'],
    moves: new Map([['src/index.js', 'src/index.ts']]),
    needsBuild: false,
  });
  expect(JSON.parse(made.text)).toMatchObject({
    main: 'dist/index.js',
    module: './dist/index.js',
    exports: ['./dist/index.js', './other.cjs'],
  });
});
