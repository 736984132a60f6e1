import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

export const nvmrc: VersionPlace = {
  id: 'nvmrc',
  reads: 'nvm, fnm, setup-node',
  example: { path: '.nvmrc', text: '# the team\n⟦v18.20⟧\n' },
  isIn: (path) => baseName(path) === '.nvmrc',
  find: (text) =>
    findAll(text, /^[ \t]*(v?\d[\w.-]*|lts\/[\w*-]+|(?:node|stable|latest|current)(?=\s*$))/dgm).slice(0, 1),
};
