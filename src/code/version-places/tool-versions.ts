import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

export const toolVersions: VersionPlace = {
  id: 'tool-versions',
  reads: 'asdf, mise',
  example: { path: '.tool-versions', text: 'ruby 3.3.0\nnodejs ⟦18.19.0⟧ ⟦lts⟧ # LTS, not 16\n' },
  isIn: (path) => baseName(path) === '.tool-versions',
  find: (text) => findAll(text, /(?<=^[ \t]*node(?:js)?[ \t][^#\n]*)(?<![\w./-])(v?\d[\w.-]*|lts[\w/-]*|latest)/dgm),
};
