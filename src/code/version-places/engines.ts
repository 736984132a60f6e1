import { baseName, findInJson } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

export const engines: VersionPlace = {
  id: 'engines',
  reads: 'npm, pnpm, Yarn and most hosts',
  example: { path: 'package.json', text: '{ "engines": { "node": "⟦>=18⟧" } }' },
  isIn: (path) => baseName(path) === 'package.json',
  find: (text) => findInJson(text, ['engines', 'node']),
};
