import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

/** https://www.jetify.com/docs/devbox/configuration/ */
export const devbox: VersionPlace = {
  id: 'devbox',
  reads: 'Devbox',
  example: { path: 'devbox.json', text: '{ "packages": ["nodejs@⟦18.19⟧", "python@3.12", "nodejs-slim@⟦20⟧"] }' },
  isIn: (path) => baseName(path) === 'devbox.json',
  find: (text) => findAll(text, /["']nodejs(?:-slim)?["']?(?:@|[ \t]*:[ \t]*["'])(\d[\w.]*)["']/dg),
};
