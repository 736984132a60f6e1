import type { PythonPlace } from '../python-place.ts';
import { baseName, findAll } from '../text/search-text.ts';

export const pythonVersion: PythonPlace = {
  id: 'python-version',
  role: 'pin',
  reads: 'pyenv, uv, Heroku',
  example: { path: '.python-version', text: '⟦3.11.4⟧\n' },
  isListOfLines: true,
  isIn: (path) => baseName(path) === '.python-version',
  find: (text) => findAll(text, /^[ \t]*(3\.\d[\w.]*)/dgm),
};
