import type { PythonPlace } from '../python-place.ts';
import { baseName, findAll } from '../text/search-text.ts';

export const runtimeTxt: PythonPlace = {
  id: 'runtime-txt',
  role: 'pin',
  reads: 'Heroku, Netlify',
  isExact: true,
  example: { path: 'runtime.txt', text: 'python-⟦3.11.4⟧\n' },
  isIn: (path) => baseName(path) === 'runtime.txt',
  find: (text) => findAll(text, /^[ \t]*(?:python-)?(3\.\d[\w.]*)/dgm),
};
