// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are files that are looked at
import { expect, it } from 'vitest';
import { raiseNodes } from '../../../../test/support/raise-nodes.ts';
import { placeAt } from '../../text/place.ts';
import { trackedPlaces } from './tracked-places.ts';

async function raised(path: string, text: string) {
  const { after, from, rules } = await raiseNodes({ [path]: text });
  return { after: after[path], from, rules };
}

const ci = (matrix: string): string => `jobs:\n  test:\n    strategy:\n      matrix:\n${matrix}`;

it.each([
  ['.nvmrc', 'v18.20\r\n', 'v24.11\r\n'],
  ['.node-version', '20.11.1\n', '24.11.1\n'],
  ['.tool-versions', 'ruby 3.3.0\nnodejs 18.19.0 # LTS\n', 'ruby 3.3.0\nnodejs 24.11.1 # LTS\n'],
  [
    'package.json',
    '\uFEFF{\r\n\t"private": true,\r\n\t"engines": { "node": ">=18" },\r\n\t"volta": { "node": "18.20.4" }\r\n}\r\n',
    '\uFEFF{\r\n\t"private": true,\r\n\t"engines": { "node": ">=24" },\r\n\t"volta": { "node": "24.11.1" }\r\n}\r\n',
  ],
  [
    'Dockerfile',
    'FROM node:18-alpine AS build\nFROM node:20-slim\n',
    'FROM node:24-alpine AS build\nFROM node:24-slim\n',
  ],
  ['.github/workflows/ci.yml', ci("        node-version: [18, '20.x', 22]\n"), ci('        node-version: [24]\n')],
  ['.github/workflows/ci.yml', ci('        node: [ 22, 24, 25 ]\n'), ci('        node: [ 24, 25 ]\n')],
  [
    '.github/workflows/ci.yml',
    ci('        node:\n          - 18 # old\n          - "20"\n          - 24\n        os: [linux]\n'),
    ci('        node:\n          - 24\n        os: [linux]\n'),
  ],
  [
    '.github/workflows/ci.yml',
    `${ci('        node: [18, 20]\n')}    steps:\n      - if: matrix.node == 18 || matrix['node'] != '20.x'\n`,
    `${ci('        node: [24]\n')}    steps:\n      - if: matrix.node == 24 || matrix['node'] != '24.x'\n`,
  ],
  // What nobody knows stays in its list, and parts none; what is said of an entry that stays is kept.
  [
    '.gitlab-ci.yml',
    'a:\n  parallel:\n    matrix:\n      - NODE: ["18", "current", "20"]\n',
    'a:\n  parallel:\n    matrix:\n      - NODE: ["24", "current"]\n',
  ],
  [
    '.github/workflows/ci.yml',
    ci('        node:\n          - 18 # old\n          - 24 # new\n          - 26 # next\n'),
    ci('        node:\n          - 24 # new\n          - 26 # next\n'),
  ],
  ['.tool-versions', 'nodejs 20.1.0 18.2.0 # both\n', 'nodejs 24.11.1 # both\n'],
  ['devbox.json', '{"packages":{"nodejs":"20"}}', '{"packages":{"nodejs":"24"}}'],
  ['.upsun/config.yaml', '    type: "nodejs:20"\n', '    type: "nodejs:24"\n'],
  ['ci.jenkinsfile', "docker.image('node:20').inside { }\n", "docker.image('node:24').inside { }\n"],
  [
    'cloudbuild.yaml',
    "steps:\n- name: 'node:20'\n- name: node:20-slim\n",
    "steps:\n- name: 'node:24'\n- name: node:24-slim\n",
  ],
  [
    'project.toml',
    '[[build.env]]\nname = "BP_NODE_VERSION"\nvalue = "20.*"\n',
    '[[build.env]]\nname = "BP_NODE_VERSION"\nvalue = "24.*"\n',
  ],
  ['manifest.yml', '  - env: { BP_NODE_VERSION: 20 }\n', '  - env: { BP_NODE_VERSION: 24 }\n'],
  [
    'app.yaml',
    'runtime: nodejs\nruntime_config:\n  runtime_version: "20"\n',
    'runtime: nodejs\nruntime_config:\n  runtime_version: "24"\n',
  ],
  // What code is written for is a lowest version.
  ['tsup.config.ts', "target: ['es2022', 'node18.12'],\n", "target: ['es2022', 'node24.0'],\n"],
  [
    'package.json',
    '{ "scripts": { "build": "esbuild a.ts --target=es2022,node18" }, "browserslist": ["node 18", "> 1%"] }',
    '{ "scripts": { "build": "esbuild a.ts --target=es2022,node24" }, "browserslist": ["node 24", "> 1%"] }',
  ],
  ['.browserslistrc', 'node >= 18.4 # and up\n', 'node >= 24.0 # and up\n'],
  ['.babelrc', '{"presets":[["env",{"targets":{"node":"18"}}]]}', '{"presets":[["env",{"targets":{"node":"24"}}]]}'],
  ['main.tf', '  runtime = "nodejs18.x"\n', '  runtime = "nodejs24.x"\n'],
  ['firebase.json', '{ "functions": { "runtime": "nodejs18" } }', '{ "functions": { "runtime": "nodejs24" } }'],
  ['Jenkinsfile', "docker { image 'node:18-alpine' }\n", "docker { image 'node:24-alpine' }\n"],
  [
    '.gitlab-ci.yml',
    'variables: { NODE_VERSION: "18" }\na:\n  image: "node:${NODE_VERSION}"\nb:\n  image: node:18\n',
    'variables: { NODE_VERSION: "24" }\na:\n  image: "node:${NODE_VERSION}"\nb:\n  image: node:24\n',
  ],
  ['Dockerfile', 'ARG N=18-alpine\nFROM node:$N\n', 'ARG N=24-alpine\nFROM node:$N\n'],
  [
    'Dockerfile',
    'RUN curl https://deb.nodesource.com/setup_18.x | bash -\n',
    'RUN curl https://deb.nodesource.com/setup_24.x | bash -\n',
  ],
  [
    '.github/workflows/ci.yml',
    '      - run: nvm install 18 && nvm use v20.11\n',
    '      - run: nvm install 24 && nvm use v24.11\n',
  ],
  ['.travis.yml', 'node_js:\n  - "18"\n  - lts/*\n', 'node_js:\n  - "24"\n  - lts/*\n'],
])('%s: %j', async (path, before, after) => {
  expect(await raised(path, before)).toEqual({ after, from: expect.any(String), rules: [] });
});

it('a base of compiler settings is a package for one Node, and named', async () => {
  const text = '{ "extends": "@tsconfig/node18/tsconfig.json" }';
  expect(await raised('tsconfig.json', text)).toEqual({
    after: text,
    from: '18.0.0',
    rules: ['tree/node-place-left:1'],
  });
  const newest = '{ "extends": "@tsconfig/node24/tsconfig.json" }';
  expect(await raised('tsconfig.json', newest)).toEqual({ after: newest, from: undefined, rules: [] });
});

it.each([
  ['package.json', '{ "scripts": { "old": "npx -p node@18 -- node a.js" } }'],
  ['.github/workflows/ci.yml', '      - run: npx -p node@18 -- node a.js\n'],
  ['Dockerfile', 'ARG N=18\nFROM node:$N\nENV N=$N\n'],
  ['Jenkinsfile', "axis { name 'NODE_VERSION'; values '18' }\n"],
  ['lib/app.ts', 'runtime: lambda.Runtime.NODEJS_18_X,\n'],
  ['main.bicep', "linuxFxVersion: 'NODE|18-lts'\n"],
  ['.readthedocs.yaml', 'build: { tools: { python: "3.12", nodejs: "18" } }\n'],
  ['.semaphore/semaphore.yml', '  - sem-version node 18\n'],
])('%s: %s is named, and stays', async (path, text) => {
  expect(await raised(path, text)).toEqual({ after: text, from: '18.0.0', rules: ['tree/node-place-left:1'] });
});

it('what cannot be known to be right is left and named', async () => {
  const text = `FROM node:20-alpine@sha256:${'0'.repeat(64)}\nFROM node:18-buster\nFROM node:22\n`;
  expect(await raised('Dockerfile', text)).toEqual({
    after: text.replace('node:22', 'node:24'),
    from: '18.0.0',
    rules: ['tree/node-place-left:1', 'tree/node-place-left:2'],
  });
  const matrix = ci('        node: [20]\n        exclude:\n          - node: 20\n            os: macos\n');
  expect(await raised('.github/workflows/ci.yml', matrix)).toMatchObject({
    after: matrix.replace('[20]', '[24]'),
    rules: ['tree/node-place-left:7'],
  });
});

it('engines of a package that others may install are raised, and that is said', async () => {
  const { after, rules } = await raised('package.json', '{ "name": "lib", "engines": { "node": "^18 || >=20" } }');
  expect(after).toBe('{ "name": "lib", "engines": { "node": ">=24" } }');
  expect(rules).toEqual(['tree/node-for-users:1']);
});

it('what names the version already is not touched', async () => {
  expect(await raised('.nvmrc', '24\n')).toEqual({ after: '24\n', from: undefined, rules: [] });
});

const compose = 'services: { a: { build: { args: { N: "${N_TAG}", NODE_VERSION: "${NODE_VERSION}" } } } }\n';
const environment = (to: string) => `N_TAG=${to}\nNODE_VERSION=${to}\nPORT=18\n`;

it('a file of settings is raised where Compose takes its version for an image', async () => {
  const files = { 'compose.yaml': compose, Dockerfile: 'ARG N\nFROM node:$N\n', '.env': environment('18') };
  const { after, rules } = await raiseNodes(files);
  expect(after).toEqual({ ...files, '.env': environment('24') });
  expect(rules).toEqual([]);
});

it('one that nothing is seen to read, or that git does not track, is named', async () => {
  const alone = { '.env.example': environment('18') };
  expect(await raiseNodes(alone)).toMatchObject({ after: alone, left: ['.env.example:2'] });
  const place = placeAt('.nvmrc', '18', { offset: 0, length: 2 });
  const [own, other] = trackedPlaces(
    ['.nvmrc', '.env'].map((file) => ({ kind: 'nvmrc', value: '18', in: '.', place: { ...place, file } })),
    ['.nvmrc'],
  );
  expect([own?.stays, other?.stays]).toEqual([undefined, 'git does not track this file']);
});
