import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

export const nodeVersion: VersionPlace = {
  id: 'node-version',
  reads: 'nodenv, fnm, asdf, setup-node',
  example: { path: 'web/.node-version', text: '⟦20.11.1⟧\r\n' },
  isIn: (path) => baseName(path) === '.node-version',
  find: (text) =>
    findAll(text, /^[ \t]*(v?\d[\w.-]*|lts\/[\w*-]+|(?:node|stable|latest|current)(?=\s*$))/dgm).slice(0, 1),
};
