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

it.each([
  ['./src/*.js', './dist/*.js', []],
  ['./src/more/*.js', './dist/more/*.js', []],
  ['./src/*', './src/*', ['exports > ./*: ./src/*']],
  ['./*.js', './*.js', ['exports > ./*: ./*.js']],
  ['./styles/*.css', './styles/*.css', []],
])('a pattern of `exports` leads to what the build writes, or is left and named: %s', (before, after, left) => {
  const built = ['src/index.js', 'src/more/a.js'];
  const made = manifestText(JSON.stringify({ exports: { '.': './src/index.js', './*': before } }), {
    home: '.',
    running: 'build',
    stripsTypes: false,
    added: {},
    rootDir: 'src',
    built,
    paths: [...built, 'src/data.json', 'styles/a.css', 'test/a.test.js'],
    moves: new Map(built.map((path) => [path, path.replace('.js', '.ts')])),
  });
  expect(JSON.parse(made.text).exports).toEqual({ '.': './dist/index.js', './*': after });
  expect(made.left).toEqual(left);
});
