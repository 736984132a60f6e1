import type { PythonPlace } from '../python-place.ts';
import { baseName, findAll } from '../text/search-text.ts';

/** Several on a line stand for each other, the first before the next. https://asdf-vm.com/manage/configuration.html#tool-versions */
export const pythonToolVersions: PythonPlace = {
  id: 'python-tool-versions',
  role: 'pin',
  reads: 'asdf, mise',
  isExact: true,
  isListOfValues: true,
  example: { path: '.tool-versions', text: 'nodejs 22.1.0\npython ⟦3.11.4⟧ ⟦3.10.2⟧ # both, not 3.9\n' },
  isIn: (path) => baseName(path) === '.tool-versions',
  find: (text) => findAll(text, /(?<=^[ \t]*python[ \t][^#\n]*)(?<![\w.-])(3\.\d[\w.]*)/dgm),
};
