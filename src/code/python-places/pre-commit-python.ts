import type { PythonPlace } from '../python-place.ts';
import { baseName, findAll } from '../text/search-text.ts';

export const isPreCommit = (path: string): boolean => /^\.pre-commit-(config|hooks)\.ya?ml$/.test(baseName(path));

export const preCommitPython: PythonPlace = {
  id: 'pre-commit-python',
  role: 'pin',
  reads: 'pre-commit',
  example: {
    path: '.pre-commit-config.yaml',
    text: 'default_language_version:\n  node: 18.0.0\n  python: python⟦3.8⟧\nrepos: []\n',
  },
  isIn: isPreCommit,
  find: (text) =>
    findAll(
      text,
      /^default_language_version:[ \t]*(?:\r?\n[ \t]+[^\n]*)*?(?:\r?\n[ \t]+|\{[^}\n]*?)["']?python["']?[ \t]*:[ \t]*["']?(?:python)?(3\.\d[\d.]*)/dgm,
    ),
};
