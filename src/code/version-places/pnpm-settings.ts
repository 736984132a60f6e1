import { baseName, findAll, findInJson } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

/** https://pnpm.io/settings#usenodeversion */
export const pnpmSettings: VersionPlace = {
  id: 'pnpm-settings',
  reads: 'pnpm',
  example: {
    path: 'pnpm-workspace.yaml',
    text: "packages: [a]\nuseNodeVersion: ⟦18.19.0⟧\nexecutionEnv:\n  nodeVersion: '⟦18.19.0⟧'\n",
  },
  isIn: (path) => ['pnpm-workspace.yaml', 'package.json'].includes(baseName(path)),
  find: (text) => [
    ...findInJson(text, ['pnpm', 'executionEnv', 'nodeVersion']),
    ...findAll(text, /^[ \t]*(?:useNodeVersion|nodeVersion)[ \t]*:[ \t]*["']?(\d[\w.-]*)/dgm),
  ],
};
