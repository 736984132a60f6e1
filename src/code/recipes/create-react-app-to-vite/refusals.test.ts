import { expect, it } from 'vitest';
import { memoryTree } from '../../engine/memory-tree.ts';
import { runRecipe } from '../../engine/run-recipe.ts';
import { createReactAppToVite } from './recipe.ts';

const application = {
  'package.json': JSON.stringify({ name: 'notes', dependencies: { 'react-scripts': '5.0.1' } }),
  'public/index.html': '<body></body>',
  'src/index.js': 'export {};\n',
};
const withDependency = (name: string, range: string) =>
  JSON.stringify({ name: 'notes', dependencies: { 'react-scripts': '5.0.1', [name]: range } });

const cases: readonly (readonly [string, Readonly<Record<string, string | undefined>>, RegExp])[] = [
  ['craco', { 'package.json': withDependency('@craco/craco', '^7.0.0') }, /names @craco\/craco, .*craco\.config\.js/],
  [
    'a rewired application',
    { 'package.json': withDependency('react-app-rewired', '^2.2.1') },
    /names react-app-rewired, .*config-overrides\.js/,
  ],
  ['a configuration of craco alone', { 'craco.config.js': '' }, /^.*craco\.config\.js beside package\.json/],
  [
    'an ejected application',
    {
      'package.json': JSON.stringify({ name: 'notes', dependencies: { 'react-dev-utils': '^12.0.0' } }),
      'config/webpack.config.js': '',
    },
    /package\.json is ejected: config\/webpack\.config\.js/,
  ],
  [
    'an older react-scripts',
    { 'package.json': JSON.stringify({ dependencies: { 'react-scripts': '^3.4.1' } }) },
    /react-scripts \^3\.4\.1.*--upgrade react-scripts@5/,
  ],
  [
    'a fork of react-scripts',
    { 'package.json': JSON.stringify({ dependencies: { 'react-scripts': 'github:a/b' } }) },
    /react-scripts as github:a\/b, which is no release/,
  ],
  ['an older Node', { Dockerfile: 'FROM node:16-alpine\n' }, /Dockerfile names Node 16.*--upgrade node@22/],
  ['Vite beside it', { 'package.json': withDependency('vite', '^5.0.0') }, /has Vite beside react-scripts already/],
  ['a configuration of Vite', { 'vite.config.js': 'export default {};\n' }, /vite\.config\.js is there already/],
  ['a page in the way', { 'index.html': '' }, /index\.html stands beside package\.json/],
  ['no entry', { 'src/index.js': undefined }, /src\/index are not both beside it/],
  [
    'a file that is in the way of another name',
    { 'src/App.js': 'export default () => <p />;\n', 'src/App.jsx': 'export default 1;\n' },
    /src\/App\.js holds JSX, and src\/App\.jsx stands beside it/,
  ],
];

it.each(cases)('%s is refused by name, with what to do', async (_, files, why) => {
  const all = Object.entries({ ...application, ...files }).flatMap(([path, text]) =>
    text === undefined ? [] : [[path, text] as const],
  );
  const { signal } = new AbortController();
  const run = await runRecipe(createReactAppToVite, memoryTree(Object.fromEntries(all)), { params: {}, signal });
  expect(run.faults[0]?.message).toMatch(why);
});
