import type { TreeView } from '../../../recipe.ts';
import { folderPath } from '../../../text/search-text.ts';
import { foldersUp } from '../../../tree/tree-path.ts';
import { type Config, type Setting, settingsOf, textOf } from './configs.ts';
import { readManifest } from './manifests.ts';

type Settings = ReadonlyMap<string, Setting>;

/** How TypeScript 5 would write modules: as it is said, else by the target. */
export function formerModule(settings: Settings): string {
  return textOf(settings, 'module') ?? (isFormerEs5(settings) ? 'commonjs' : 'es2015');
}

/** True where TypeScript 5 would compile for ES5 or ES3, which it also did where nothing was said. */
export function isFormerEs5(settings: Settings): boolean {
  const target = textOf(settings, 'target');
  if (target !== undefined) return target === 'es5' || target === 'es3';
  const module = textOf(settings, 'module');
  return module === undefined || !isNodeModule(module);
}

/** `node16` and its like: they bring a target, a resolution and interoperation of their own. */
export function isNodeModule(module: string): boolean {
  return /^node(16|18|20|next)$/.test(module);
}

/** True for the formats that TypeScript 7 does not know. */
export function isOldModule(module: string): boolean {
  return /^(amd|umd|system|none)$/.test(module);
}

/** True where the compiler writes JavaScript. */
export function isEmitting(settings: Settings): boolean {
  return settings.get('noEmit')?.value !== true && settings.get('emitDeclarationOnly')?.value !== true;
}

const bundlers =
  /^(webpack|rollup|vite|esbuild|parcel|@parcel\/core|next|nuxt|tsup|tsdown|unbuild|@rspack\/core|@rsbuild\/core|astro|@angular\/(cli|build)|@sveltejs\/kit|react-scripts|expo|react-native|metro|@remix-run\/dev|@swc\/core|bun|@types\/bun|microbundle|snowpack|gatsby|rolldown|ng-packagr|@nestjs\/webpack)$/;

/** What is known of the package in which a program stands. */
export type Home = {
  readonly isModule: boolean;
  readonly isBundled: boolean;
  readonly dependencies: Readonly<Record<string, string>>;
};

/** The package of a program: the nearest package.json, with the dependencies of those above it. */
export async function homeOfProgram(tree: TreeView, config: Config): Promise<Home> {
  const manifests = [];
  for (const folder of foldersUp(folderPath(config.path))) {
    const found = await readManifest(tree, folder);
    if (found !== undefined) manifests.push(found);
  }
  const dependencies = Object.assign({}, ...manifests.toReversed().map((one) => one.dependencies));
  const names = Object.keys(manifests[0]?.dependencies ?? {});
  return {
    isModule: manifests[0]?.type === 'module',
    isBundled: names.some((name) => bundlers.test(name)),
    dependencies,
  };
}

/** Option values of programs, for which a text option is one of a few. */
export function programsWith(
  programs: readonly Config[],
  key: string,
  isMeant: (value: string) => boolean,
): readonly Config[] {
  return programs.filter((program) => {
    const value = textOf(settingsOf(program), key);
    return value !== undefined && isMeant(value);
  });
}
