import type { PythonPlace } from '../python-place.ts';
import { baseName } from '../text/search-text.ts';
import { versionsWithin } from '../text/versions-within.ts';

export const isTox = (path: string): boolean => /^(tox\.(ini|toml)|setup\.cfg|pyproject\.toml)$/.test(baseName(path));

/** What a list of environments holds. */
export const environmentLists: readonly RegExp[] = [
  /^[ \t]*(?:envlist|env_list)[ \t]*=((?![ \t]*\[)[^\n]*(?:\n[ \t]+[^\n]*)*)/dgm,
  /^[ \t]*env_list[ \t]*=[ \t]*(\[[^\]]*\])/dgm,
];

/** Environments that are a Python, and nothing more. */
export const tox: PythonPlace = {
  id: 'tox',
  role: 'list',
  reads: 'tox',
  example: {
    path: 'tox.ini',
    text: '[tox]\nenvlist = ⟦py38⟧, {⟦py38⟧,⟦py39⟧}-all, py39-few, lint\n\n[testenv]\ndeps = pytest\n',
  },
  isIn: isTox,
  find: (text) => versionsWithin(text, environmentLists, /(?<![\w.-])(py3\d{1,2}|3\.\d{1,2})(?![\w.-])/dg),
};
