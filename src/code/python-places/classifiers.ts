import type { PythonPlace } from '../python-place.ts';
import { baseName, findAll } from '../text/search-text.ts';

export const classifiers: PythonPlace = {
  id: 'classifiers',
  role: 'classifier',
  reads: 'the Python Package Index',
  example: {
    path: 'pyproject.toml',
    text: 'classifiers = [\n  "Programming Language :: Python :: 3",\n  "⟦Programming Language :: Python :: 3.8⟧",\n  "⟦Programming Language :: Python :: 3.9⟧",\n]\n',
  },
  isIn: (path) => /^(pyproject\.toml|setup\.(cfg|py))$/.test(baseName(path)),
  find: (text) => findAll(text, /(Programming Language :: Python :: 3\.\d+)/dg),
};
