import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';
import { isPreCommit } from './pre-commit-python.ts';

export const preCommitHook: PythonPlace = {
  id: 'pre-commit-hook',
  role: 'mention',
  reads: 'pre-commit',
  example: {
    path: '.pre-commit-config.yaml',
    text: 'repos:\n  - repo: local\n    hooks:\n      - id: check\n        language_version: python⟦3.8⟧\n',
  },
  stays: 'one hook runs with it, which may not take a newer one',
  isIn: isPreCommit,
  find: (text) => findAll(text, /^[ \t-]*language_version[ \t]*:[ \t]*["']?(?:python)?(3\.\d[\d.]*)/dgm),
};
