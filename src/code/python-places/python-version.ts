import type { PythonPlace } from '../python-place.ts';
import { baseName, findAll } from '../text/search-text.ts';

export const pythonVersion: PythonPlace = {
  id: 'python-version',
  role: 'pin',
  reads: 'pyenv, uv, Heroku',
  isExact: true,
  example: { path: '.python-version', text: 'cpython-⟦3.11.4⟧\npypy3.10-7.3.12\n' },
  isListOfValues: true,
  isIn: (path) => baseName(path) === '.python-version',
  find: (text) => findAll(text, /^[ \t]*(?:cpython-|python-?)?(3\.\d[\w.]*)/dgm),
};
