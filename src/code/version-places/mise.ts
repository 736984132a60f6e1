import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

export const mise: VersionPlace = {
  id: 'mise',
  reads: 'mise',
  example: { path: 'mise.toml', text: '[tools]\nnode = "⟦22⟧"\n' },
  isIn: (path) => /^\.?mise(\.[\w-]+)?\.toml$/.test(baseName(path)),
  find: (text) => findAll(text, /^[ \t]*"?node(?:js)?"?[ \t]*=[ \t]*["']([^"'\n]+)["']/dgm),
};
