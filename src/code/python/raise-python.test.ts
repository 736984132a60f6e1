// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are files that are looked at
import { expect, it } from 'vitest';
import { raisePythons } from '../../../test/support/raise-pythons.ts';
import { inspectPythonFiles } from './inspect-python.ts';
import { raisedFloor, raisePython } from './raise-python.ts';

const goal = { minor: 14, exact: undefined };

const raised = (files: Readonly<Record<string, string>>) => raisePythons(files, goal);

const matrix = (list: string): string =>
  `jobs:\n  test:\n    strategy:\n      matrix:\n        python-version: ${list}\n`;

it.each([
  ['.python-version', '3.11.4\r\n', '3.14.0\r\n'],
  ['runtime.txt', 'python-3.11.4\n', 'python-3.14.0\n'],
  [
    'Dockerfile',
    'FROM python:3.9-slim AS build\nFROM python:3.10.2\n',
    'FROM python:3.14-slim AS build\nFROM python:3.14\n',
  ],
  ['Pipfile', '[requires]\npython_version = "3.11"\n', '[requires]\npython_version = "3.14"\n'],
  [
    'pyproject.toml',
    '[project]\nrequires-python = ">=3.8"\n[tool.mypy]\npython_version = "3.8"\n',
    '[project]\nrequires-python = ">=3.14"\n[tool.mypy]\npython_version = "3.14"\n',
  ],
  ['setup.cfg', '[options]\npython_requires = >=3.8\n', '[options]\npython_requires = >=3.14\n'],
  ['.tool-versions', 'python 3.11.4\nnodejs 22.1.0\n', 'python 3.14.0\nnodejs 22.1.0\n'],
])('%s', async (path, before, after) => expect((await raised({ [path]: before })).after).toEqual({ [path]: after }));

it('lists keep what is not below what users may have, and gain the new one', async () => {
  const ci = '.github/workflows/ci.yml';
  const pyproject = '[project]\nrequires-python = ">=3.14"\n';
  expect(await raised({ [ci]: matrix("['3.9', '3.10']") })).toMatchObject({
    after: { [ci]: matrix("['3.9', '3.10', '3.14']") },
    floor: 9,
  });
  expect(await raised({ [ci]: matrix('[3.9, pypy3.10]') })).toMatchObject({
    after: { [ci]: matrix('[3.9, 3.14, pypy3.10]') },
  });
  expect(await raised({ [ci]: matrix("['3.9', '3.14']"), 'pyproject.toml': pyproject })).toMatchObject({
    after: { [ci]: matrix("['3.14']") },
    floor: 14,
  });
  expect(await raised({ [ci]: matrix('\n          - "3.9"\n          - "3.10"') })).toMatchObject({
    after: { [ci]: matrix('\n          - "3.9"\n          - "3.10"\n          - "3.14"') },
  });
});

it('classifiers and tox', async () => {
  const setup =
    'classifiers =\n    Programming Language :: Python :: 3\n    Programming Language :: Python :: 3.12\n    Programming Language :: Python :: 3.13\n';
  const { after } = await raised({ 'setup.cfg': setup, 'tox.ini': '[tox]\nenvlist = py312,py313,lint\n' });
  expect(after).toEqual({
    'setup.cfg': `${setup}    Programming Language :: Python :: 3.14\n`,
    'tox.ini': '[tox]\nenvlist = py312,py313,py314,lint\n',
  });
});

const least = { 'pyproject.toml': '[project]\nrequires-python = ">=3.9"\n' };

it.each([
  // tox: groups, mappings of CI, other files; an environment with more factors is for a person.
  [
    'tox.ini',
    '[tox]\nenvlist = py{38,39,310}-django{32,42}, lint\n',
    '[tox]\nenvlist = py{38,39,310,314}-django{32,42}, lint\n',
  ],
  [
    'tox.ini',
    '[gh-actions]\npython =\n    3.8: py38\n    3.9: py39\n',
    '[gh-actions]\npython =\n    3.8: py38\n    3.9: py39\n    3.14: py314\n',
  ],
  ['setup.cfg', '[tox:tox]\nenvlist = py38,py39\n', '[tox:tox]\nenvlist = py38,py39,py314\n'],
  ['tox.toml', 'env_list = ["py38", "3.9", "lint"]\n', 'env_list = ["py38", "3.9", "3.14", "lint"]\n'],
  [
    'noxfile.py',
    '@nox.session(python=("3.8", "3.9"))\ndef a(s): ...\n',
    '@nox.session(python=("3.8", "3.9", "3.14"))\ndef a(s): ...\n',
  ],
  [
    'noxfile.py',
    'PYTHONS = ["3.8", "pypy3.9"]\n@nox.session(python="3.8")\n',
    'PYTHONS = ["3.8", "3.14", "pypy3.9"]\n@nox.session(python="3.14")\n',
  ],
  [
    'pyproject.toml',
    '[[tool.hatch.envs.test.matrix]]\npython = ["3.8", "3.9"]\n',
    '[[tool.hatch.envs.test.matrix]]\npython = ["3.8", "3.9", "3.14"]\n',
  ],
  ['.python-version', '3.9\n3.8\n', '3.14\n3.9\n3.8\n'],
  ['mise.toml', '[tools]\npython = ["3.8", "3.9"]\n', '[tools]\npython = ["3.8", "3.9", "3.14"]\n'],
  [
    'mise.toml',
    '[tools]\npython = { version = "3.8", virtualenv = ".venv" }\n',
    '[tools]\npython = { version = "3.14", virtualenv = ".venv" }\n',
  ],
  ['tools/run', '#!/usr/bin/env python3.8\nx = 1\n', '#!/usr/bin/env python3.14\nx = 1\n'],
  [
    'run.py',
    '# /// script\n# requires-python = ">=3.8,<3.12"\n# ///\n',
    '# /// script\n# requires-python = ">=3.14,<3.15"\n# ///\n',
  ],
  [
    '.pre-commit-config.yaml',
    'default_language_version:\n    python: python3.8\n',
    'default_language_version:\n    python: python3.14\n',
  ],
  [
    '.pre-commit-config.yaml',
    '  - id: black\n    args: [-t, py38, --target-version=py38]\n  - id: mypy\n    args: [--python-version, "3.8"]\n',
    '  - id: black\n    args: [-t, py314, --target-version=py314]\n  - id: mypy\n    args: [--python-version, "3.14"]\n',
  ],
  ['Makefile', 'a:\n\tpyupgrade --py38-plus a.py\n', 'a:\n\tpyupgrade --py314-plus a.py\n'],
  [
    'environment.yml',
    'dependencies:\n  - python=3.8.*\n  - numpy=1.20\n',
    'dependencies:\n  - python=3.14.*\n  - numpy=1.20\n',
  ],
  [
    'environment.yml',
    'dependencies:\n  - python>=3.8,<3.11  # old\n',
    'dependencies:\n  - python>=3.14,<3.15  # old\n',
  ],
  ['pixi.toml', '[dependencies]\npython = ">=3.8,<3.12"\n', '[dependencies]\npython = ">=3.14,<3.15"\n'],
  [
    '.devcontainer/devcontainer.json',
    '{ "features": { "ghcr.io/devcontainers/features/python:1": { "version": "3.8" } } }\n',
    '{ "features": { "ghcr.io/devcontainers/features/python:1": { "version": "3.14" } } }\n',
  ],
  ['serverless.yml', 'provider:\n  runtime: python3.8\n', 'provider:\n  runtime: python3.14\n'],
  ['main.tf', '  runtime = "python3.8"\n', '  runtime = "python3.14"\n'],
  ['readthedocs.yml', 'python:\n  version: 3.8\n', 'python:\n  version: 3.14\n'],
  ['.readthedocs.yaml', 'build:\n  tools:\n    python: "3.8"\n', 'build:\n  tools:\n    python: "3.14"\n'],
  [
    '.github/workflows/a.yml',
    'jobs:\n  a:\n    container: python:3.8-slim\n',
    'jobs:\n  a:\n    container: python:3.14-slim\n',
  ],
  ['Jenkinsfile', "agent { docker { image 'python:3.8' } }\n", "agent { docker { image 'python:3.14' } }\n"],
  ['buildspec.yml', '    runtime-versions:\n      python: 3.8\n', '    runtime-versions:\n      python: 3.14\n'],
  ['pyrightconfig.json', '{ "pythonVersion": "3.8" }\n', '{ "pythonVersion": "3.14" }\n'],
  ['.pylintrc', '[MAIN]\npy-version=3.8\n', '[MAIN]\npy-version=3.14\n'],
  ['Dockerfile', 'FROM python:3-alpine3.12\n', 'FROM python:3-alpine3.12\n'],
])('%s: %j', async (path, before, after) => {
  expect(await raised({ [path]: before })).toMatchObject({ after: { [path]: after }, rules: [] });
});

it.each([
  ['Dockerfile', 'FROM python:3.8-slim-buster AS build\n', 1],
  ['Dockerfile', 'FROM python:3.8-alpine3.12\n', 1],
  ['tox.ini', '[tox]\nenvlist = py38-a, lint\n', 2],
  ['tox.ini', '[tox]\nenvlist = py3{8,9}\n', 2],
  ['.pre-commit-config.yaml', '  - id: a\n    language_version: python3.8\n', 2],
  ['bin/run', '#!/usr/bin/python3.8\nx = 1\n', 1],
  ['.devcontainer/devcontainer.json', '{ "image": "mcr.microsoft.com/devcontainers/python:1-3.8-bullseye" }\n', 1],
  ['.devcontainer/devcontainer.json', '{ "build": { "args": { "VARIANT": "3.8" } } }\n', 1],
  ['template.yaml', '      CompatibleRuntimes:\n        - python3.8\n', 2],
  ['app.yaml', 'runtime: python38\n', 1],
  ['stack.py', 'import a\nf = Function(runtime=Runtime.PYTHON_3_8)\n', 2],
  ['pyproject.toml', '[tool.cibuildwheel]\nbuild = "cp38-*"\n', 2],
  ['azure-pipelines.yml', 'matrix:\n  Python38:\n    python.version: "3.8"\n', 3],
  ['netlify.toml', '[build.environment]\n  PYTHON_VERSION = "3.8"\n', 2],
])('%s: %j stays, and is named', async (path, text, line) => {
  const { after, findings } = await raised({ [path]: text });
  expect(after).toEqual({ [path]: text });
  expect(findings).toMatchObject([{ rule: 'tree/python-place-left', file: path, line }]);
});

it('a combination of a matrix is named, its list raised, and a comment is neither', async () => {
  const ci = '.github/workflows/ci.yml';
  const matrix = (list: string) =>
    `    strategy:\n      matrix:\n        python_version:\n          [${list}]\n        # python-version: [3.6]\n        include:\n          - os: linux\n            python_version: "3.11.0"\n`;
  const { after, findings, from } = await raised({ [ci]: matrix('"3.12", "3.13t"') });
  expect(after).toEqual({ [ci]: matrix('"3.12", "3.14", "3.13t"') });
  expect(findings).toMatchObject([{ rule: 'tree/python-place-left', line: 8 }]);
  expect(from).toBe(12);
});

it.each([
  ['noxfile.py', 'PYTHONS = ("3.8", "3.9")\n', 'PYTHONS = ("3.14",)\n'],
  ['tox.ini', '[tox]\nenvlist = py{38,39}-a, lint\n', '[tox]\nenvlist = py314-a, lint\n'],
  [
    'ruff.toml',
    '[per-file-target-version]\n"old/*.py" = "py38"\n',
    '[per-file-target-version]\n"old/*.py" = "py314"\n',
  ],
  ['.isort.cfg', '[settings]\npy_version=38\n', '[settings]\npy_version=314\n'],
])('%s: %j where the tree says what users may have', async (path, before, after) => {
  expect((await raised({ ...least, [path]: before })).after).toMatchObject({ [path]: after });
});

it('levels of a list go to the oldest that stays, each once', async () => {
  const black = (list: string) => `[tool.black]\ntarget-version = [${list}]\n`;
  const files = { 'tox.ini': '[tox]\nenvlist = py39, py310\n', 'pyproject.toml': black('"py38", "py39", "py310"') };
  expect((await raised(files)).after).toMatchObject({ 'pyproject.toml': black('"py39", "py310"') });
});

it('a runtime of functions that is not known to be offered is named', async () => {
  const text = '  runtime: python3.12\n';
  const snapshot = await inspectPythonFiles(['serverless.yml'], async () => ({ kind: 'text', text }));
  const { files, findings } = raisePython(snapshot.versions, { minor: 15, exact: undefined }, () => text);
  expect(files).toEqual([]);
  expect(findings).toMatchObject([{ message: expect.stringContaining('3.14 is the newest that is known') }]);
});

it('code that is read for its first line says nothing of how a tree is checked', async () => {
  const text = '#!/usr/bin/env python3.8\nprint("pytest", "2.7")\n';
  const snapshot = await inspectPythonFiles(['run.py', 'test_a.py'], async () => ({ kind: 'text', text }));
  expect(snapshot).toMatchObject({ tools: ['unittest'], findings: [] });
});

it('what a package asks of its users is said; a digest is left and named', async () => {
  const digest = `FROM python:3.9@sha256:${'0'.repeat(64)}\n`;
  expect(await raised({ 'pyproject.toml': 'requires-python = ">=3.8"\n' })).toMatchObject({
    rules: ['tree/python-for-users'],
  });
  expect(await raised({ Dockerfile: digest })).toMatchObject({
    after: { Dockerfile: digest },
    rules: ['tree/python-place-left'],
  });
});

it('a variable that says only the version of an image is raised; programs, and variables of more, are named', async () => {
  const only = 'ARG PY=3.8\nFROM python:${PY}-slim\n';
  expect(await raised({ Dockerfile: only })).toMatchObject({
    after: { Dockerfile: 'ARG PY=3.14\nFROM python:${PY}-slim\n' },
    rules: [],
  });
  const more =
    'ARG PY=3.8\nFROM python:${PY}\nARG PY\nRUN ls /usr/lib/python${PY}\nRUN apt-get install python3.8-dev python3.14\n';
  expect(await raised({ Dockerfile: more })).toMatchObject({
    after: { Dockerfile: more },
    rules: ['tree/python-place-left', 'tree/python-place-left'],
  });
  const ci = 'jobs:\n  a:\n    steps:\n      - name: python3.8\n        run: python3.8 -m pytest\n';
  const files = { '.github/workflows/ci.yml': ci, '.gitlab-ci.yml': 'variables: { PY: "3.8" }\nimage: python:$PY\n' };
  const { after, findings } = await raised({ ...files, 'pyproject.toml': 'requires-python = ">=3.9"\n' });
  expect(after).toMatchObject({
    '.github/workflows/ci.yml': ci,
    '.gitlab-ci.yml': 'variables: { PY: "3.14" }\nimage: python:$PY\n',
  });
  expect(findings[0]).toMatchObject({ rule: 'tree/python-place-left', file: '.github/workflows/ci.yml', line: 5 });
});

it('a program that is named says not from which Python a tree comes', async () => {
  expect((await raised({ Makefile: 'a:\n\tpython3.8 -m a\n', '.python-version': '3.12\n' })).from).toBe(12);
});

it('what is below what users may have says not from which Python a tree comes', async () => {
  const level = '[project]\nrequires-python = ">=3.10"\n[tool.black]\ntarget-version = ["py38"]\n';
  expect((await raised({ 'pyproject.toml': level, 'environment.yml': '  - python>=3.8\n' })).from).toBe(10);
});

it('a tree that says that it serves Python 2 is told so', async () => {
  const snapshot = await inspectPythonFiles(['tox.ini'], async () => ({
    kind: 'text',
    text: '[tox]\nenvlist = py27, py36\n',
  }));
  expect(snapshot.findings).toMatchObject([{ rule: 'tree/python-two-named', line: 2, column: 11 }]);
});

it.each([
  ['requirements.txt', 'django-jinja>=2.4.1,<3\n', 0],
  ['pyproject.toml', '[project]\nversion = "2.7"\ndependencies = ["requests>=2.31"]\n', 0],
  ['pyproject.toml', '[project]\nrequires-python = ">=2.7"\n', 1],
  ['pyproject.toml', '[tool.poetry.dependencies]\npython = "!=3.0.*, >=2.7"\n', 1],
  ['setup.cfg', '[options]\npython_requires = >=2.7\n', 1],
  ['Pipfile', '[requires]\npython_version = "2.7"\n', 1],
])('%s, %j names Python 2 %i times', async (path, text, count) => {
  const { findings } = await inspectPythonFiles([path], async () => ({ kind: 'text', text }));
  expect(findings.map(({ rule }) => rule)).toEqual(Array(count).fill('tree/python-two-named'));
});

it.each([
  ['>=3.8', '>=3.14'],
  ['>= 3.8', '>= 3.14'],
  ['>=3.8,<4', '>=3.14,<4'],
  ['>=3.8, <3.12', '>=3.14, <3.15'],
  ['^3.8', '^3.14'],
  ['~=3.8', '~=3.14.0'],
  ['==3.11.*', '==3.14.*'],
  ['>=2.7, !=3.0.*, !=3.1.*', '>=3.14'],
  ['>3.7', '>=3.14'],
])('%s is %s', (before, after) => expect(raisedFloor(before, goal)).toBe(after));
