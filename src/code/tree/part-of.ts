/** What files of a tree are to it, in the order in which they are changed. */
export const allParts = ['code', 'configuration', 'tests'] as const;

/** `code` is everything that is neither configuration of a tool nor a test. */
export type Part = (typeof allParts)[number];

const testFile = /(^|\/)(tests?|__tests__|__mocks__|specs?|e2e|cypress)\/|[.-](test|spec|cy)\.[cm]?[jt]sx?$/;
/** Tools are configured in `x.config.ts`, `tsconfig.build.json`, `.eslintrc.json`, YAML, Dockerfiles and files that begin with a dot. */
const configurationFile =
  /\.(config|conf)(\.\w+)*\.([cm]?[jt]s|jsonc?|ya?ml)$|(^|\/)[tj]sconfig[^/]*\.json$|\.ya?ml$|(^|\/)(Dockerfile|Containerfile)[^/]*$|(^|\/)\.[^/]+$/;

/** Pure. `path` is from the root, with slashes. A package.json counts as code: it says what the code needs. */
export function partOf(path: string): Part {
  if (configurationFile.test(path)) return 'configuration';
  return isTestFile(path) ? 'tests' : 'code';
}

/** True for a test, and for what only tests use. Pure. */
export function isTestFile(path: string): boolean {
  return testFile.test(path);
}
