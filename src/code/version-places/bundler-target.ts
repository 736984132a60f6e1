import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

const config =
  /^(esbuild|tsup|tsdown|vite|vitest|rollup|rolldown|webpack|rspack|rsbuild|rslib|build|unbuild|bob|microbundle)(\.[\w-]+)*\.[cm]?[jt]s$/;

/** What bundlers write code for: `node18`, in their configuration, in a field `target` and in scripts. */
export const bundlerTarget: VersionPlace = {
  id: 'bundler-target',
  reads: 'esbuild, tsup, Vite, Rollup, webpack, Rspack',
  example: {
    path: 'tsup.config.ts',
    text: "export default { target: ['es2022', 'node⟦18⟧'], platform: 'node' };\n",
  },
  isBuildTarget: true,
  isIn: (path) => config.test(baseName(path)) || baseName(path) === 'package.json',
  find: (text) =>
    [
      ...findAll(text, /\btarget["']?[ \t]*[:=][ \t]*\[?[^\]{}\n]*["']node(\d+(?:\.\d+){0,2})["']/dg),
      ...findAll(text, /--target[ =](?:\w+,)*node(\d+(?:\.\d+){0,2})\b/dg),
    ].sort((one, other) => one.offset - other.offset),
};
