import type { PythonPlace } from '../python-place.ts';
import { keysAbove } from '../text/keys-above.ts';
import { findAll } from '../text/search-text.ts';
import { versionsWithin } from '../text/versions-within.ts';
import type { Found } from '../version-place.ts';

// What is no key has no blank behind its colon: `image: python:3.9`.
export const pythonKey = '["\']?(?:python|python[-_]versions?|versionSpec|PYTHON_VERSION)["\']?[ \\t]*:(?=\\s)[ \\t]*';
export const pythonNumber = '(3\\.\\d{1,2}(?:\\.\\d+)?(?:-dev)?)';

const lists = [
  new RegExp(`${pythonKey}(?:\\r?\\n[ \\t]+)?(\\[[^\\]]*\\])`, 'dg'),
  new RegExp(`${pythonKey}(?:#.*)?\\r?\\n((?:[ \\t]*-[ \\t]+[^\\n:]*(?:\\n|$))+)`, 'dg'),
];
const listed = new RegExp(`(?<![\\w.-])${pythonNumber}(?![\\w.])`, 'dg');

/** Read line by line, so that a workflow which is no YAML still shows its versions. */
export const pythonWorkflow: PythonPlace = {
  id: 'python-workflow',
  role: 'pin',
  reads: 'GitHub Actions, Forgejo and Gitea Actions, GitLab, Azure Pipelines, Read the Docs, CodeBuild',
  example: {
    path: '.github/workflows/ci.yml',
    text: "jobs:\n  test:\n    strategy:\n      matrix:\n        python-version: ['⟦3.9⟧', '⟦3.10⟧', pypy3.10]\n    steps:\n      - uses: actions/setup-python@v5\n        with:\n          python-version: '⟦3.11⟧'\n",
  },
  isIn: isMatrixFile,
  find: (text) =>
    [
      ...scalars(text).filter(({ offset }) => !isCombination(text, offset)),
      ...findAll(text, /^python:[ \t]*\r?\n[ \t]+version:[ \t]*["']?(3\.\d{1,2})(?!\d)/dgm),
      ...versionsWithin(text, lists, listed),
    ]
      .filter(({ offset }) => !isComment(text, offset))
      .sort((one, other) => one.offset - other.offset),
};

/** True for files in which services of CI are told their Pythons. */
export function isMatrixFile(path: string): boolean {
  return /(^|\/)(\.(github|gitea|forgejo)\/(workflows|actions)\/.+|\.gitlab\/.+|[\w.-]*\.gitlab-ci(\.[\w.-]+)?|\.travis|azure-pipelines|\.?readthedocs|buildspec[\w.-]*)\.ya?ml$/.test(
    path,
  );
}

/** True for what stands within `include` or `exclude` of a matrix. */
export function isCombination(text: string, offset: number): boolean {
  return keysAbove(text, offset).some((one) => one === 'include' || one === 'exclude');
}

/** True for what stands in a comment of YAML. */
export function isComment(text: string, offset: number): boolean {
  return /^\s*#/.test(text.slice(text.lastIndexOf('\n', offset) + 1, offset));
}

/** Versions that stand alone behind a key. */
export function scalars(text: string): readonly Found[] {
  return findAll(text, new RegExp(`${pythonKey}["']?${pythonNumber}["']?[ \\t]*(?=[,}#\\r\\n]|$)`, 'dg'));
}
