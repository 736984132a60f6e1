import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

/** `targets` of compilers that write code for a Node. https://babeljs.io/docs/options#targets */
export const compilerTargets: VersionPlace = {
  id: 'compiler-targets',
  reads: 'Babel, SWC',
  example: {
    path: 'babel.config.js',
    text: "module.exports = { presets: [['@babel/preset-env', { targets: { node: '⟦18⟧' } }]] };\n",
  },
  isBuildTarget: true,
  isIn: (path) => /^(\.babelrc(\.\w+)?|babel\.config\.\w+|\.swcrc|package\.json)$/.test(baseName(path)),
  find: (text) =>
    findAll(text, /\btargets["']?\s*:\s*\{[^{}]*?["']?\bnode["']?\s*:\s*["']?(\d+(?:\.\d+){0,2})(?![\w.])/dg),
};
