import { baseName, findInJson } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

export const volta: VersionPlace = {
  id: 'volta',
  reads: 'Volta',
  example: { path: 'app/package.json', text: '{ "volta": { "node": "⟦18.20.4⟧" } }' },
  isIn: (path) => baseName(path) === 'package.json',
  find: (text) => findInJson(text, ['volta', 'node']),
};
