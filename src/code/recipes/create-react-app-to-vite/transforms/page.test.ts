import { expect, it } from 'vitest';
import { memoryTree } from '../../../engine/memory-tree.ts';
import { runRecipe } from '../../../engine/run-recipe.ts';
import { createReactAppToVite } from '../recipe.ts';

/** What becomes of a page, and what is named in it: line, column and message. */
async function check(page: string): Promise<readonly string[]> {
  const tree = memoryTree({
    'package.json': JSON.stringify({ name: 'notes', dependencies: { 'react-scripts': '5.0.1' } }),
    'public/index.html': `${page}\n<body></body>\n`,
    'src/index.js': 'export {};\n',
  });
  const { signal } = new AbortController();
  const { changes, unresolved, faults } = await runRecipe(createReactAppToVite, tree, { params: {}, signal });
  expect(faults).toEqual([]);
  const made = changes.find(({ path }) => path === 'index.html')?.after ?? '';
  const left = unresolved.filter(({ file }) => file === 'index.html');
  return [
    made.slice(0, made.indexOf('\n<body>')),
    ...left.map(({ line, column, message }) => `${line}:${column} ${message}`),
  ];
}

const named = '`%BASE_URL%` ends with a slash, and `%PUBLIC_URL%`, which stood here, did not.';

it.each([
  ['<script>base = "%PUBLIC_URL%";</script>', '<script>base = "%BASE_URL%".replace(/\\/$/, "");</script>'],
  [
    "<script type='module'>go('%PUBLIC_URL%' + `%PUBLIC_URL%`, '%PUBLIC_URL%/')</script>",
    "<script type='module'>go('%BASE_URL%'.replace(/\\/$/, '') + `%BASE_URL%`.replace(/\\/$/, ``), '%BASE_URL%')</script>",
  ],
  ['<!-- %PUBLIC_URL% is a folder -->', '<!-- %BASE_URL% is a folder -->'],
  ['<meta name="a" content="%PUBLIC_URL%/a">', '<meta name="a" content="%BASE_URL%a">'],
])('the folder without a slash stays without one: %s', async (before, after) => {
  expect(await check(before)).toEqual([after]);
});

it.each([
  ['<html data-base="%PUBLIC_URL%">', '<html data-base="%BASE_URL%">', '1:18'],
  ['<a href="%PUBLIC_URL%?q=1">', '<a href="%BASE_URL%?q=1">', '1:10'],
  ['<link rel="home" href="%PUBLIC_URL%">', '<link rel="home" href="%BASE_URL%">', '1:24'],
  ['<script>a = "x%PUBLIC_URL%";</script>', '<script>a = "x%BASE_URL%";</script>', '1:15'],
  ['<script>a = { "%PUBLIC_URL%": 1 };</script>', '<script>a = { "%BASE_URL%": 1 };</script>', '1:16'],
  [
    '<script type="application/json">{"a":"%PUBLIC_URL%"}</script>',
    '<script type="application/json">{"a":"%BASE_URL%"}</script>',
    '1:39',
  ],
])('what cannot lose the slash is named: %s', async (before, after, at) => {
  expect(await check(before)).toEqual([after, `${at} ${named}`]);
});
