import type { PythonPlace } from '../python-place.ts';
import { baseName, findAll } from '../text/search-text.ts';

export const pythonRequires: PythonPlace = {
  id: 'python-requires',
  role: 'floor',
  reads: 'setuptools',
  example: { path: 'setup.cfg', text: '[options]\npython_requires = ⟦>=3.8⟧\n' },
  isIn: (path) => /^setup\.(cfg|py)$/.test(baseName(path)),
  find: (text) =>
    findAll(text, /^[ \t]*python_requires[ \t]*=[ \t]*["']?([<>=!~^][^"'\n\r#]*?)["']?[ \t]*,?[ \t]*\r?$/dgm),
};
