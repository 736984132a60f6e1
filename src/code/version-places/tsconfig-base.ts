import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

/** Settings of the compiler for a Node, in a package for each. https://github.com/tsconfig/bases */
export const tsconfigBase: VersionPlace = {
  id: 'tsconfig-base',
  reads: 'TypeScript',
  example: {
    path: 'tsconfig.json',
    text: '{ "extends": ["@tsconfig/strictest/tsconfig.json", "@tsconfig/node⟦18⟧/tsconfig.json"] }\n',
  },
  isBuildTarget: true,
  stays: 'it is a package for this Node alone: install the base of the new one (`@tsconfig/node…`) and name that',
  isIn: (path) => /^[tj]sconfig([\w.-]*)\.json$/.test(baseName(path)),
  find: (text) => findAll(text, /["']@tsconfig\/node(\d+)(?:\/[\w.-]*)?["']/dg),
};
