// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are files that are looked at
import { expect, it } from 'vitest';
import { raisePythons } from '../../../test/support/raise-pythons.ts';
import { inspectPythonFiles } from './inspect-python.ts';

const raised = (files: Readonly<Record<string, string>>) => raisePythons(files, { minor: 14, exact: undefined });

/** A floor that is reached: what is below it goes. */
const floor = { 'pyproject.toml': '[project]\nrequires-python = ">=3.14"\n' };

it.each([
  ['.tool-versions', 'python 3.12.1 3.11.4 # both\n', 'python 3.14.0 # both\n'],
  ['mise.toml', '[tools.python]\nversion = "3.12"\n', '[tools.python]\nversion = "3.14"\n'],
  [
    'mise.toml',
    'tools.python = "3.12"\n[env]\nPYTHON_VERSION = "3.12"\n',
    'tools.python = "3.14"\n[env]\nPYTHON_VERSION = "3.14"\n',
  ],
  ['.rtx.toml', '[tools]\npython = "3.12"\n', '[tools]\npython = "3.14"\n'],
  ['.python-version', 'cpython-3.12.1\n', 'cpython-3.14.0\n'],
  [
    '.devcontainer/devcontainer.json',
    '{"features":{"ghcr.io/devcontainers/features/python:1":"3.12"}}',
    '{"features":{"ghcr.io/devcontainers/features/python:1":"3.14"}}',
  ],
  // Images, wherever they are named.
  [
    'cloudbuild.yaml',
    "steps:\n- name: 'python:3.12'\n- name: python:3.12-slim\n",
    "steps:\n- name: 'python:3.14'\n- name: python:3.14-slim\n",
  ],
  ['.gitlab-ci.yml', 'default:\n  image:\n    name: python:3.12\n', 'default:\n  image:\n    name: python:3.14\n'],
  ['ci/test.gitlab-ci.yml', 'image: python:3.12-slim\n', 'image: python:3.14-slim\n'],
  [
    'k8s/deploy.yaml',
    '    - image: registry.example/python:3.12-slim\n',
    '    - image: registry.example/python:3.14-slim\n',
  ],
  ['Jenkinsfile', "agent { docker 'python:3.12' }\n", "agent { docker 'python:3.14' }\n"],
  [
    'Makefile',
    'IMAGE := python:3.12\nrun:\n\tdocker run --rm python:3.12 -V\n',
    'IMAGE := python:3.14\nrun:\n\tdocker run --rm python:3.14 -V\n',
  ],
  [
    'Dockerfile',
    'ARG BASE=python:3.12-slim\nFROM ${BASE}\nCOPY --from=python:3.12 /a /b\n',
    'ARG BASE=python:3.14-slim\nFROM ${BASE}\nCOPY --from=python:3.14 /a /b\n',
  ],
  [
    'Dockerfile',
    'FROM ghcr.io/astral-sh/uv:python3.12-bookworm-slim\nENV UV_PYTHON=3.12\n',
    'FROM ghcr.io/astral-sh/uv:python3.14-bookworm-slim\nENV UV_PYTHON=3.14\n',
  ],
  ['fly.toml', '[build.args]\n  PYTHON_VERSION = "3.12"\n', '[build.args]\n  PYTHON_VERSION = "3.14"\n'],
  // Names of a configuration's own.
  [
    '.github/workflows/ci.yml',
    "env:\n  PY: '3.12'\n  OTHER: '3.12'\njobs:\n  a:\n    steps:\n      - uses: actions/setup-python@v5\n        with: { python-version: '${{ env.PY }}' }\n",
    "env:\n  PY: '3.14'\n  OTHER: '3.12'\njobs:\n  a:\n    steps:\n      - uses: actions/setup-python@v5\n        with: { python-version: '${{ env.PY }}' }\n",
  ],
  [
    '.github/workflows/ci.yml',
    "    strategy: { matrix: { py: ['3.12', '3.13'] } }\n    steps:\n      - with: { python-version: '${{ matrix.py }}' }\n",
    "    strategy: { matrix: { py: ['3.14'] } }\n    steps:\n      - with: { python-version: '${{ matrix.py }}' }\n",
  ],
  [
    '.github/actions/a/action.yml',
    "inputs:\n  python-version:\n    default: '3.12'\n",
    "inputs:\n  python-version:\n    default: '3.14'\n",
  ],
  [
    '.circleci/config.yml',
    'parameters: { tag: { type: string, default: "3.12" } }\njobs:\n  a:\n    docker: [{ image: "cimg/python:<< parameters.tag >>" }]\nworkflows:\n  w:\n    jobs:\n      - a: { matrix: { parameters: { tag: ["3.12", "3.13"] } } }\n      - python/test: { version: "3.12" }\n',
    'parameters: { tag: { type: string, default: "3.14" } }\njobs:\n  a:\n    docker: [{ image: "cimg/python:<< parameters.tag >>" }]\nworkflows:\n  w:\n    jobs:\n      - a: { matrix: { parameters: { tag: ["3.14"] } } }\n      - python/test: { version: "3.14" }\n',
  ],
  [
    '.azure/pipelines/ci.yml',
    "variables: { py: '3.12' }\nsteps:\n- task: UsePythonVersion@0\n  inputs:\n    versionSpec: '$(py)'\n- task: UsePythonVersion@0\n  inputs: { versionSpec: '3.12' }\n",
    "variables: { py: '3.14' }\nsteps:\n- task: UsePythonVersion@0\n  inputs:\n    versionSpec: '$(py)'\n- task: UsePythonVersion@0\n  inputs: { versionSpec: '3.14' }\n",
  ],
  // Functions of AWS, wherever they are named.
  ['infra/lambda.yaml', 'Properties: { Runtime: python3.12 }\n', 'Properties: { Runtime: python3.14 }\n'],
  ['serverless.ts', "runtime: 'python3.12',\n", "runtime: 'python3.14',\n"],
  [
    '.github/workflows/d.yml',
    '  - run: aws lambda create-function --runtime python3.12\n',
    '  - run: aws lambda create-function --runtime python3.14\n',
  ],
  ['devbox.json', '{"packages":["python@3.12"]}', '{"packages":["python@3.14"]}'],
  ['devbox.json', '{"packages":{"python":"3.12.1"}}', '{"packages":{"python":"3.14"}}'],
])('%s: %j', async (path, before, after) => {
  const { after: made, findings } = await raised({ ...floor, [path]: before });
  expect(made[path]).toBe(after);
  expect(findings.filter(({ rule }) => rule === 'tree/python-place-left')).toEqual([]);
});

it.each([
  ['vercel.json', '{"functions":{"api/*.py":{"runtime":"python3.12"}}}', 1],
  ['vercel.json', '{"build":{"env":{"PYTHON_VERSION":"3.12"}}}', 1],
  ['firebase.json', '{"functions":{"runtime":"python312"}}', 1],
  ['main.tf', '  runtime = "python312"\n', 1],
  ['.github/workflows/d.yml', '  - run: gcloud functions deploy f --runtime python312\n', 1],
  ['nixpacks.toml', '[variables]\nNIXPACKS_PYTHON_VERSION = "3.12"\n', 1],
  ['.platform.app.yaml', 'type: "python:3.12"\n', 1],
  ['.upsun/config.yaml', '    type: python:3.12\n', 1],
  ['project.toml', '[[build.env]]\nname = "BP_CPYTHON_VERSION"\nvalue = "3.12.*"\n', 1],
  ['manifest.yml', '    BP_CPYTHON_VERSION: 3.12\n', 1],
  ['lib/app.ts', 'runtime: lambda.Runtime.PYTHON_3_12,\n', 1],
  ['flake.nix', '{ packages = [ pkgs.python312 pkgs.python312Packages.pip ]; }\n', 2],
  ['Jenkinsfile', "tools { python 'Python 3.12' }\naxis { name 'PYTHON_VERSION'; values '3.12', '3.13' }\n", 3],
  ['.semaphore/semaphore.yml', '  - sem-version python 3.12\n', 1],
  ['Dockerfile', 'FROM registry.access.redhat.com/ubi9/python-312:1-10\n', 1],
  ['Dockerfile', 'FROM ghcr.io/astral-sh/uv:0.5-python3.12-alpine\n', 1],
])('%s: %j stays, and is named %i times', async (path, text, count) => {
  const { after, findings } = await raised({ [path]: text });
  expect(after[path]).toBe(text);
  expect(findings.map(({ rule }) => rule)).toEqual(Array(count).fill('tree/python-place-left'));
});

const dockerfile = (more: string) => `ARG PY=3.12\nFROM python:\${PY}-slim\n${more}`;

it('what sets an argument of a Dockerfile goes where its default goes, by whatever name', async () => {
  const compose = (to: string) =>
    `services:\n  a:\n    build: { args: { PY: "${to}", OTHER: "3.12" } }\n  b: { build: { args: [PY=${to}] } }\n`;
  const make = (to: string) => `image:\n\tdocker build --build-arg PY=${to} .\n`;
  const files = { Dockerfile: dockerfile(''), 'compose.yaml': compose('3.12'), Makefile: make('3.12') };
  const { after, rules } = await raised(files);
  expect(after).toEqual({
    Dockerfile: dockerfile('').replace('3.12', '3.14'),
    'compose.yaml': compose('3.14'),
    Makefile: make('3.14'),
  });
  expect(rules).toEqual([]);
});

it('an argument that says something else too is named where it is set', async () => {
  const files = {
    Dockerfile: dockerfile('ARG PY\nRUN ls /usr/lib/python$PY\n'),
    Makefile: 'a:\n\tdocker build --build-arg PY=3.12 .\n',
  };
  const { after, rules } = await raised(files);
  expect(after).toEqual(files);
  expect(rules).toEqual(['tree/python-place-left', 'tree/python-place-left']);
});

it('a YAML file of anything else says nothing of the tree', async () => {
  const read = async () => ({ kind: 'text', text: 'other:\n  - "Code is for py26-py39, checked by mypy."\n' }) as const;
  expect(await inspectPythonFiles(['notes/a.yaml', 'a.py'], read)).toMatchObject({ findings: [], versions: [] });
});
