// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are files that are looked at
import { expect, it } from 'vitest';
import { raisePythons } from '../../../test/support/raise-pythons.ts';

const goal = { minor: 14, exact: undefined };
const users = { 'pyproject.toml': '[project]\nrequires-python = ">=3.9"\n' };

async function check(path: string, before: string, after: string) {
  const raised = await raisePythons({ ...users, [path]: before }, goal);
  expect(raised.after[path]).toBe(after);
  return raised.findings.filter(({ file }) => file === path).map(({ line }) => line);
}

const ci = '.github/workflows/ci.yml';

it('an image of a service is one place, and not the value of a key too', async () => {
  const gitlab = (version: string, list: string) =>
    `image: python:${version}\nt:\n  parallel:\n    matrix:\n      - PY: [${list}]\n  image: python:$PY\n`;
  expect(await check('.gitlab-ci.yml', gitlab('3.9', '"3.9", "3.10"'), gitlab('3.14', '"3.14"'))).toEqual([]);
});

const matrix = (list: string, steps = '') =>
  `jobs:\n  a:\n    strategy:\n      matrix:\n        python-version: ${list}\n    steps:\n      - run: tox\n${steps}`;

it.each([
  ['[3.9, "3.10", pypy-3.9, "3.11-dev"]', '[pypy-3.9, "3.14"]'],
  ["['3.9', pypy3.9, '3.14']", "[pypy3.9, '3.14']"],
  ['\n          - "3.9" # old\n          - pypy3.9\n          - "3.10"', '\n          - pypy3.9\n          - "3.14"'],
])('a matrix lists no version twice: %s', async (before, after) => {
  expect(await check(ci, matrix(before), matrix(after))).toEqual([]);
});

it.each([
  ["      - if: matrix.python-version == '3.9'\n", "      - if: matrix.python-version == '3.14'\n"],
  ["      - if: '3.10' == matrix['python-version']\n", "      - if: '3.14' == matrix['python-version']\n"],
])('a condition goes where its entry goes: %s', async (before, after) => {
  expect(await check(ci, matrix('["3.9", "3.10"]', before), matrix('["3.14"]', after))).toEqual([]);
});

it.each([
  "      - if: matrix.python-version != '3.9'\n",
  "      - if: startsWith(matrix.python-version, '3.9')\n",
  '      - if: contains(fromJSON(\'["3.9"]\'), matrix.python-version)\n',
])('a condition of which nobody can say what is meant is named: %s', async (step) => {
  expect(await check(ci, matrix('["3.9", "3.10"]', step), matrix('["3.14"]', step))).toEqual([8]);
});

it('a condition stays where its entry does, and where it is of another job', async () => {
  const other = "  b:\n    steps:\n      - if: matrix.python-version == '3.9'\n";
  expect(await check(ci, matrix('["3.9"]', other), matrix('["3.14"]', other))).toEqual([]);
  const own = "      - if: matrix.python-version == '3.9'\n";
  const kept = await raisePythons({ [ci]: matrix('["3.9"]', own) }, goal);
  expect(kept).toMatchObject({ after: { [ci]: matrix('["3.9", "3.14"]', own) }, rules: [] });
});

it('several Pythons in one text are a list', async () => {
  const step = (lines: string) => `        with:\n          python-version: |\n${lines}          cache: pip\n`;
  const before = step('            3.9\n            3.10\n');
  expect(await check(ci, before, step('            3.14\n'))).toEqual([]);
});

it('environments of tox go together with what CI runs of them', async () => {
  const tox = (list: string, table: string) => `[tox]\nenvlist = ${list}, lint\n[gh-actions]\npython =\n${table}`;
  expect(
    await check(
      'tox.ini',
      tox('py{39,310}', '    3.9: py39\n    3.10: py310, lint\n'),
      tox('py314', '    3.14: py314, lint\n'),
    ),
  ).toEqual([]);
  expect(
    await check(
      'tox.ini',
      tox('py39, docs, py314', '    3.9: py39, docs\n    3.14: py314, lint\n'),
      tox('docs, py314', '    3.14: py314, lint, docs\n'),
    ),
  ).toEqual([]);
  const with2 = tox('py314', '    3.9: py39-django42\n');
  expect(await check('tox.ini', with2, with2)).toEqual([5]);
});

it.each([
  [ci, '    steps:\n      - run: tox -e py39\n', 2],
  [ci, '        include:\n          - toxenv: py39\n', 2],
  ['pyproject.toml', '[project]\nrequires-python = ">=3.14"\n[tool.tox.gh.python]\n"3.9" = ["py39"]\n', 4],
])('%s: %j is named', async (path, text, line) => {
  expect(await check(path, text, text)).toEqual([line]);
});

it.each([
  [
    'docker-compose.yml',
    'a: { build: { args: { PYTHON_VERSION: "3.9" } } }\n',
    'a: { build: { args: { PYTHON_VERSION: "3.14" } } }\n',
  ],
  ['Makefile', 'PYTHON_VERSION ?= 3.9\n', 'PYTHON_VERSION ?= 3.14\n'],
  ['build.sh', 'docker build --build-arg PYTHON_VERSION=3.9 .\n', 'docker build --build-arg PYTHON_VERSION=3.14 .\n'],
  ['tox.ini', '[tox]\nenvlist = py39, {lint,docs}, py310\n', '[tox]\nenvlist = {lint,docs}, py314\n'],
  ['a/pyproject.toml', '[tool.pixi.dependencies]\npython = "3.9.*"\n', '[tool.pixi.dependencies]\npython = "3.14.*"\n'],
  ['setup.cfg', '[flake8]\nmin_python_version = 3.9\n', '[flake8]\nmin_python_version = 3.14\n'],
])('%s: %j', async (path, before, after) => expect(await check(path, before, after)).toEqual([]));

it.each([
  ['.python-version', '3.9.18\n', '3.14.0\n', '3.14.2\n'],
  ['.python-version', '3.9.18\n3.10.4\n', '3.14.0\n', '3.14.2\n'],
  ['build.sh', 'export PYTHON_VERSION=3.9.18\n', 'export PYTHON_VERSION=3.14.0\n', 'export PYTHON_VERSION=3.14.2\n'],
  ['.tool-versions', 'python 3.9.18\n', 'python 3.14.0\n', 'python 3.14.2\n'],
  [
    'Pipfile',
    'python_full_version = "3.9.18"\n',
    'python_full_version = "3.14.0"\n',
    'python_full_version = "3.14.2"\n',
  ],
])('%s: %j stays one release, and is told of', async (path, before, after, exact) => {
  expect(await check(path, before, after)).toEqual([1]);
  const named = await raisePythons({ ...users, [path]: before }, { minor: 14, exact: '3.14.2' });
  expect(named).toMatchObject({ after: { [path]: exact }, rules: ['tree/python-for-users'] });
});

it('a requirement for one release becomes one that a release of the new Python meets', async () => {
  const poetry = (version: string) => `[tool.poetry.dependencies]\npython = "${version}"\n`;
  const { after } = await raisePythons({ 'pyproject.toml': poetry('3.9.18') }, goal);
  expect(after['pyproject.toml']).toBe(poetry('3.14.*'));
});
