import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

export const npmrc: VersionPlace = {
  id: 'npmrc',
  reads: 'pnpm',
  example: { path: '.npmrc', text: 'use-node-version=⟦20.11.1⟧\n' },
  isIn: (path) => baseName(path) === '.npmrc',
  find: (text) => findAll(text, /^[ \t]*(?:use-node-version|node-version)[ \t]*=[ \t]*["']?([\d][\w.-]*)/dgm),
};
