import type { PythonPlace } from '../python-place.ts';
import { baseName, findAll } from '../text/search-text.ts';

export const pythonToolVersions: PythonPlace = {
  id: 'python-tool-versions',
  role: 'pin',
  reads: 'asdf, mise',
  example: { path: '.tool-versions', text: 'nodejs 22.1.0\npython ⟦3.11.4⟧\n' },
  isIn: (path) => /^(\.tool-versions|\.?mise\.toml)$/.test(baseName(path)),
  find: (text) => findAll(text, /^[ \t]*python[ \t]*(?:=[ \t]*)?["']?(3\.\d[\w.]*)/dgm),
};
