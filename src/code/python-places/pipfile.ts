import type { PythonPlace } from '../python-place.ts';
import { baseName, findAll } from '../text/search-text.ts';

export const pipfile: PythonPlace = {
  id: 'pipfile',
  role: 'pin',
  reads: 'Pipenv',
  isExact: true,
  example: { path: 'Pipfile', text: '[requires]\npython_version = "⟦3.11⟧"\npython_full_version = "⟦3.11.4⟧"\n' },
  isIn: (path) => baseName(path) === 'Pipfile',
  find: (text) => findAll(text, /^[ \t]*python(?:_full)?_version[ \t]*=[ \t]*["'](3\.[\d.]+)["']/dgm),
};
