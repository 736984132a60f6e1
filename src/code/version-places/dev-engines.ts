import { baseName, findInJson } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

/** `devEngines.runtime` is one object or a list of them; only one that names node counts. */
export const devEngines: VersionPlace = {
  id: 'dev-engines',
  reads: 'npm 10.9 and pnpm 10.14 and newer',
  example: { path: 'package.json', text: '{ "devEngines": { "runtime": { "name": "node", "version": "⟦^24⟧" } } }' },
  isIn: (path) => baseName(path) === 'package.json',
  find: (text) => {
    const isNode = findInJson(text, ['devEngines', 'runtime', 'name']).some(({ value }) => value === 'node');
    return isNode ? findInJson(text, ['devEngines', 'runtime', 'version']) : [];
  },
};
