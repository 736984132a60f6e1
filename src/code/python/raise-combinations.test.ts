// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are files that are looked at
import { expect, it } from 'vitest';
import { raisePythons } from '../../../test/support/raise-pythons.ts';

const floor = { 'pyproject.toml': '[project]\nrequires-python = ">=3.14"\n' };
const ci = '.github/workflows/ci.yml';

const workflow = (list: string, ...items: readonly string[]) =>
  `jobs:\n  test:\n    strategy:\n      matrix:\n        python: ${list}\n        os: [ubuntu-latest]\n        include:\n${items.map((item) => `          - ${item}\n`).join('')}    steps: []\n`;

async function raised(files: Readonly<Record<string, string>>) {
  const { after, findings } = await raisePythons(files, { minor: 14, exact: undefined });
  return {
    after,
    left: findings.flatMap(({ rule, file, line }) => (rule === 'tree/python-place-left' ? [`${file}:${line}`] : [])),
  };
}

it.each([
  // It goes where the entry goes that it adds to.
  ["{ python: '3.9', os: windows-latest }", "{ python: '3.14', os: windows-latest }"],
  ["{ python: '3.9', coverage: true }", "{ python: '3.14', coverage: true }"],
  ["os: macos-14\n            python: '3.9'", "os: macos-14\n            python: '3.14'"],
])('what a matrix adds: %s', async (item, after) => {
  const files = { ...floor, [ci]: workflow("['3.9', '3.10']", item) };
  expect(await raised(files)).toEqual({ after: { ...floor, [ci]: workflow("['3.14']", after) }, left: [] });
});

it.each([
  ['for this version', ["{ python: '3.9', toxenv: py39 }"], 2],
  ['with a name that says it', ["{ python: '3.9', name: 'on 3.9' }"], 1],
  ['on an old machine', ["{ python: '3.9', os: ubuntu-20.04 }"], 1],
  ['that may fail', ["{ python: '3.9', experimental: true }"], 1],
  ['with requirements of its own', ["{ python: '3.9', deps: oldest }"], 1],
  ['that is in no list', ["{ python: '3.8', os: windows-latest }"], 1],
  [
    'that are two, and would be one',
    ["{ python: '3.9', os: windows-latest }", "{ python: '3.10', os: windows-latest }"],
    2,
  ],
] as const)('a combination %s stays, and is named', async (_, items, count) => {
  const { after, left } = await raised({ ...floor, [ci]: workflow("['3.9', '3.10']", ...items) });
  expect(after[ci]).toBe(workflow("['3.14']", ...items));
  expect(left).toHaveLength(count);
});

it('where lists keep what they have, what is added to an entry stays, and nobody is asked', async () => {
  const item = "{ python: '3.9', toxenv: lint }";
  expect(await raised({ [ci]: workflow("['3.9']", item) })).toEqual({
    after: { [ci]: workflow("['3.9', '3.14']", item) },
    left: [],
  });
});

it('combinations of a name of its own are seen too', async () => {
  const text =
    "    strategy: { matrix: { include: [{ py: '3.9', os: a }] } }\n    steps:\n      - with: { python-version: '${{ matrix.py }}' }\n";
  expect(await raised({ [ci]: text })).toEqual({ after: { [ci]: text }, left: [`${ci}:1`] });
});

const tox = { 'tox.ini': '[tox]\nenvlist = py38, py39, lint, py38-all\n' };
const toxAfter = { 'tox.ini': '[tox]\nenvlist = py314, lint, py38-all\n' };
const job = (command: string) => `jobs:\n  a:\n    steps:\n      - run: ${command}\n`;

it.each([
  ['tox -e py39', 'tox -e py314'],
  ['tox -e lint,py39', 'tox -e lint,py314'],
])('%s asks for what the environment became', async (before, after) => {
  expect(await raised({ ...floor, ...tox, [ci]: job(before) })).toEqual({
    after: { ...floor, ...toxAfter, [ci]: job(after) },
    left: ['tox.ini:2'],
  });
});

it.each([
  ['tox -e py37', 1],
  ['tox -e py39-all', 1],
  ['tox -e py38 && tox -e py39', 2],
  ['tox -e py38 && tox -e py314', 1],
])('%s is named', async (command, count) => {
  const { after, left } = await raised({ ...floor, ...tox, [ci]: job(command) });
  expect(after[ci]).toBe(job(command));
  expect(left.filter((one) => one.startsWith(ci))).toHaveLength(count);
});

it('an environment that stays is asked for as before', async () => {
  expect(await raised({ 'tox.ini': '[tox]\nenvlist = py38, py39\n', [ci]: job('tox -e py39') })).toMatchObject({
    left: [],
  });
});

const compose = 'services:\n  a:\n    build:\n      args:\n        PY: ${PY_TAG}\n        PYTHON_VERSION:\n';
const dockerfile = 'ARG PY\nFROM python:${PY}-slim\n';

it('a file of settings is raised where Compose takes its version for an image', async () => {
  const env = (to: string) => `PORT=3.9\nPY_TAG=${to}\nexport PYTHON_VERSION="${to}"\n`;
  const files = { 'compose.yaml': compose, Dockerfile: dockerfile };
  expect(await raised({ ...files, '.env': env('3.9') })).toEqual({
    after: { ...files, '.env': env('3.14') },
    left: [],
  });
});

it('one that nothing is seen to read is named', async () => {
  const files = { '.env.example': 'PYTHON_VERSION=3.9\nPY_TAG=3.9\n' };
  expect(await raised(files)).toEqual({ after: files, left: ['.env.example:1'] });
});
