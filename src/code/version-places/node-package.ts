import { isCommandPlace } from '../command-files.ts';
import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

/** Node as a package or a formula: one command runs with it, whatever the tree runs on. */
export const nodePackage: VersionPlace = {
  id: 'node-package',
  reads: 'npx, npm, pnpm, Homebrew',
  example: {
    path: 'package.json',
    text: '{ "scripts": { "old": "npx -p node@⟦18⟧ -- node a.js", "b": "npx @types/node@20" } }\n',
  },
  isBuildTarget: true,
  stays: 'a command asks for this Node by itself',
  isIn: (path) => baseName(path) === 'package.json' || isCommandPlace(path),
  find: (text) =>
    findAll(
      text,
      /(?<![\w@/.-])(?<!volta[ \t]+(?:install|pin)[ \t]+["']?)(?<!\b(?:mise|rtx)[ \t][^\n;&|]*)node@(v?\d[\w.]*)/dg,
    ),
};
