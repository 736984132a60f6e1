import { expect, it } from 'vitest';
import { applyEdits } from '../engine/apply-edits.ts';
import { djangoGoal } from './django-goal.ts';
import { djangoPlacesIn } from './django-places.ts';
import { raiseDjango, raisedRequirement } from './raise-django.ts';

it.each([
  ['>=4.2,<5.0', '>=5.2,<6.0'],
  ['>=4.2, <5', '>=5.2, <6'],
  ['>=4.2,<4.3', '>=5.2,<6.0'],
  ['==4.2.7', '==5.2.*'],
  ['==4.2.*', '==5.2.*'],
  ['~=4.2', '~=5.2'],
  ['~=4.2.1', '~=5.2.0'],
  ['^4.2', '^5.2'],
  ['>=3.2,!=4.0,<6', '>=5.2,<6'],
  ['>=6.0', '>=6.0'],
  ['4.2.x', undefined],
])('%s becomes %s', (value, raised) => {
  expect(raisedRequirement(value, djangoGoal('5'))).toBe(raised);
});

it.each([
  ['6', '>=4.2,<5.0', '>=6.1,<7.0'],
  ['6.0', '~=5.2.1', '~=6.0.0'],
  ['6.1', '>=5.2,<5.3', '>=6.1,<6.2'],
  ['6.1', '==5.2.7', '==6.1.*'],
])('Django %s: %s becomes %s', (goal, value, raised) => {
  expect(raisedRequirement(value, djangoGoal(goal))).toBe(raised);
});

it('an exact release is pinned', () => {
  expect(raisedRequirement('==4.2.7', djangoGoal('5.2.3'))).toBe('==5.2.3');
});

function raised(path: string, text: string) {
  const { files, findings } = raiseDjango(djangoPlacesIn(path, text), djangoGoal('5.2'), () => text);
  return {
    text: applyEdits(
      text,
      files.flatMap(({ edits }) => edits),
    ).text,
    findings: findings.map(({ rule }) => rule),
  };
}

it.each([
  [
    'requirements/base.txt',
    '# x\nDjango[argon2]>=4.2,<5.0  # web\ndjango-filter==1.0\n',
    '# x\nDjango[argon2]>=5.2,<6.0  # web\ndjango-filter==1.0\n',
  ],
  [
    'pyproject.toml',
    'dependencies = ["Django>=4.2", "djangorestframework>=3"]\n',
    'dependencies = ["Django>=5.2", "djangorestframework>=3"]\n',
  ],
  ['pyproject.toml', '[tool.poetry.dependencies]\ndjango = "^4.2"\n', '[tool.poetry.dependencies]\ndjango = "^5.2"\n'],
  ['Pipfile', '[packages]\ndjango = {version = "~=4.2"}\n', '[packages]\ndjango = {version = "~=5.2"}\n'],
  ['setup.cfg', 'install_requires =\n    Django>=4.1\n', 'install_requires =\n    Django>=5.2\n'],
  ['setup.cfg', 'install_requires = Django>=4.1\n', 'install_requires = Django>=5.2\n'],
  ['tox.ini', '[testenv]\ndeps = Django>=4.1\n', '[testenv]\ndeps = Django>=5.2\n'],
  [
    'setup.py',
    'classifiers=[\n    "Framework :: Django :: 4.1",\n    "Framework :: Django :: 4.2",\n    "Framework :: Django",\n]\n',
    'classifiers=[\n    "Framework :: Django :: 5.2",\n    "Framework :: Django",\n]\n',
  ],
  ['.github/workflows/ci.yml', "        django: ['4.1', '4.2', '5.2']\n", "        django: ['5.2']\n"],
  [
    '.github/workflows/ci.yml',
    '        django-version:\n          - "4.1"\n          - "4.2"\n',
    '        django-version:\n          - "5.2"\n',
  ],
  ['.github/workflows/ci.yml', '        django: ["3.2", "4.2"]\n', '        django: ["5.2"]\n'],
  ['.github/workflows/ci.yml', "        django: ['5.2', main, '3.2']\n", "        django: ['5.2', main]\n"],
  [
    'setup.py',
    '    "Framework :: Django :: 4.2", # old\n    "Framework :: Django :: 5.2", # new\n    "Framework :: Django :: 6.0",\n',
    '    "Framework :: Django :: 5.2", # new\n    "Framework :: Django :: 6.0",\n',
  ],
  ['.github/workflows/ci.yml', '      - run: pip install django==4.2.7\n', '      - run: pip install django~=5.2.0\n'],
  ['Dockerfile', 'RUN pip install "django>=4.2,<5" wheel\n', 'RUN pip install "django>=5.2,<6" wheel\n'],
  ['Dockerfile', 'ARG DJANGO_VERSION=4.2\n', 'ARG DJANGO_VERSION=5.2\n'],
  ['.github/workflows/ci.yml', 'env: { DJANGO_VERSION: "4.2" }\n', 'env: { DJANGO_VERSION: "5.2" }\n'],
  ['compose.yaml', '        DJANGO_VERSION: 4.2\n', '        DJANGO_VERSION: 5.2\n'],
  [
    'environment.yml',
    'dependencies:\n  - django=4.2\n  - django-filter=4\n  - pip:\n    - django==4.2.7\n',
    'dependencies:\n  - django=5.2\n  - django-filter=4\n  - pip:\n    - django==5.2.*\n',
  ],
  ['environment.yml', '  - django==4.2.7\n', '  - django=5.2\n'],
  ['build.sh', 'conda install -y django=4.2\n', 'conda install -y django=5.2\n'],
  [
    'Makefile',
    'a:\n\tpip install "django==5.2.*" # django==4.2\n',
    'a:\n\tpip install "django==5.2.*" # django~=5.2.0\n',
  ],
  [
    '.github/workflows/ci.yml',
    "jobs:\n  a:\n    strategy:\n      matrix:\n        django: ['4.1', '4.2']\n    steps:\n      - if: matrix.django == '4.2'\n",
    "jobs:\n  a:\n    strategy:\n      matrix:\n        django: ['5.2']\n    steps:\n      - if: matrix.django == '5.2'\n",
  ],
])('%s: %j', (path, before, after) => {
  expect(raised(path, before)).toEqual({ text: after, findings: [] });
});

it('what cannot be raised with certainty is named', () => {
  const hashed = 'Django==4.2.7 \\\n    --hash=sha256:00\n';
  expect(raised('requirements.txt', hashed)).toEqual({ text: hashed, findings: ['tree/django-place-left'] });
  const tox = '[testenv]\ndeps =\n    dj42: Django>=4.2,<5.0\n[testenv:py312-dj42]\ncommands = pytest\n';
  expect(raised('tox.ini', tox)).toEqual({ text: tox, findings: ['tree/django-place-left'] });
});

it.each([
  ['Dockerfile', 'ARG DJANGO_VERSION=4.2.7\nRUN pip install django==$DJANGO_VERSION\n'],
  ['.github/workflows/ci.yml', '        include:\n          - django: "4.2"\n'],
  ['.github/workflows/ci.yml', '        include: [{ django: "4.2" }]\n'],
  ['environment.yml', '  - django=4.2.7=py39h06a4308_0\n'],
])('%s: %j stays, and is named', (path, text) => {
  expect(raised(path, text)).toEqual({ text, findings: ['tree/django-place-left'] });
});

it.each([
  [
    '[tox]\nenvlist = py{310,312}-django{42,50,52}, lint\n\n[testenv]\ndeps =\n    pytest\n    django42: Django>=4.2,<5.0\n    django50: Django>=5.0,<5.1\n    django52: Django>=5.2,<6.0\n',
    '[tox]\nenvlist = py{310,312}-django52, lint\n\n[testenv]\ndeps =\n    pytest\n    django52: Django>=5.2,<6.0\n',
  ],
  [
    '[tox]\nenvlist =\n    py310-dj4.2\n    py310-dj5.0\n    py312-dj5.0\n    lint\n\n[testenv]\ndeps =\n    dj4.2: Django==4.2.*\n    dj5.0: Django==5.0.*\n\n[gh-actions:env]\nDJANGO =\n    4.2: dj4.2\n    5.0: dj5.0\n',
    '[tox]\nenvlist =\n    py310-dj5.2\n    py312-dj5.2\n    lint\n\n[testenv]\ndeps =\n    dj5.2: Django==5.2.*\n\n[gh-actions:env]\nDJANGO =\n    5.2: dj5.2\n',
  ],
  [
    '[tox]\nenv_list = py312-django{50, 60, main}\n[testenv]\ndeps =\n    django50: Django~=5.0.0\n    django60: Django~=6.0.0\n',
    '[tox]\nenv_list = py312-django{52, 60, main}\n[testenv]\ndeps =\n    django52: Django~=5.2.0\n    django60: Django~=6.0.0\n',
  ],
])('environments of tox: %j', (before, after) => {
  expect(raised('tox.ini', before).text).toBe(after);
});

it.each([undefined, '2.2', '7', 'latest'])('%s is no goal', (spec) => {
  expect(() => djangoGoal(spec)).toThrow(/names no version/);
});
