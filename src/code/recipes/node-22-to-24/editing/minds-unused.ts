import type { RecipeContext } from '../../../recipe.ts';

const checkers = /^(typescript|eslint|standard|xo|semistandard|oxlint|jshint|@biomejs\/biome|rome)$/;
const configurations =
  /(^|\/)(eslint\.config\.\w+|\.eslintrc(\.\w+)?|biome\.jsonc?|\.oxlintrc\.json|\.jshintrc|[tj]sconfig(\.\w+)*\.json)$/;

/** True where a compiler or a linter may look at a file: an import that nothing uses any more is an error to many of them. */
export function mindsUnused(path: string, { home, paths }: RecipeContext): boolean {
  if (/\.[cm]?tsx?$/.test(path)) return true;
  if (Object.keys(home?.dependencies ?? {}).some((name) => checkers.test(name))) return true;
  return paths().some((one) => configurations.test(one));
}
