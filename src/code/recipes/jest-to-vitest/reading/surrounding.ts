import { nodesBelow, parseSource } from '../../../engine/compiler-tree.ts';
import type { TreeView } from '../../../recipe.ts';
import { baseName } from '../../../search-text.ts';
import ts from '../../../typescript.cts';
import type { Plugin } from '../writing/vitest-config.ts';
import type { JestPackage } from './packages.ts';
import { environmentOf } from './vitest-options.ts';

/** What a package has beside its configuration of Jest that one of Vitest must know of. */
export type Surrounding = {
  readonly configName: string;
  readonly hasVitestConfig: boolean;
  /** How its configuration of Vite is imported; undefined where there is none, or it answers by a function. */
  readonly viteConfig: string | undefined;
  readonly plugins: readonly Plugin[];
  /** Packages of the environments that test files name themselves. */
  readonly environments: readonly string[];
  /** Tests lie in `__tests__` under names that say nothing. */
  readonly hasTestsFolder: boolean;
  readonly hasOldSnapshots: boolean;
};

const testFolder = /(^|\/)__tests__\/.*\.[cm]?[jt]sx?$/;

/** Looks at the files of a package. */
export async function surroundingOf(one: JestPackage, tree: TreeView): Promise<Surrounding> {
  const isOwn = (name: RegExp): string | undefined =>
    one.files.find(
      (path) => !path.slice(one.folder === '.' ? 0 : one.folder.length + 1).includes('/') && name.test(baseName(path)),
    );
  const vite = isOwn(/^vite\.config\.[cm]?[jt]s$/);
  const isTypescript = isOwn(/^tsconfig\.json$/) !== undefined || 'typescript' in one.dependencies;
  const isModule = one.manifest.type === 'module';
  const environments = new Set<string>();
  let hasJsx = false;
  for (const path of one.files) {
    if (!/\.[cm]?[jt]sx?$/.test(path)) continue;
    hasJsx ||= /\.[jt]sx$/.test(path);
    if (!/\.(test|spec)\.|__tests__/.test(path)) continue;
    const [, name] = /@(?:jest|vitest)-environment\s+(\S+)/.exec((await tree.read(path))?.text ?? '') ?? [];
    const known = name === undefined ? undefined : environmentOf(name.replace(/^\.\/.*/, ''));
    if (known !== undefined && known !== 'node') environments.add(known);
  }
  return {
    configName: `vitest.config.${isModule ? '' : 'm'}${isTypescript ? 'ts' : 'js'}`,
    hasVitestConfig: isOwn(/^vitest\.config\.[cm]?[jt]s$/) !== undefined,
    viteConfig:
      vite === undefined || !(await isPlain(vite, tree))
        ? undefined
        : `./${baseName(vite).replace(/\.[cm]?[jt]s$/, '')}`,
    plugins: vite === undefined ? pluginsOf(one, hasJsx) : [],
    environments: [...environments].sort(),
    hasTestsFolder: one.files.some((path) => testFolder.test(path) && !/\.(test|spec)\.[cm]?[jt]sx?$/.test(path)),
    hasOldSnapshots: one.files.some((path) => path.endsWith('.snap')),
  };
}

/** True for a configuration that is an object, and no function. */
async function isPlain(path: string, tree: TreeView): Promise<boolean> {
  const text = (await tree.read(path))?.text ?? '';
  const answer = [...nodesBelow(parseSource(path, text))].find(ts.isExportAssignment)?.expression;
  const inner = answer !== undefined && ts.isCallExpression(answer) ? answer.arguments[0] : answer;
  return inner !== undefined && !ts.isFunctionLike(inner);
}

function pluginsOf({ dependencies, files }: JestPackage, hasJsx: boolean): readonly Plugin[] {
  if ('vue' in dependencies && files.some((path) => path.endsWith('.vue')))
    return [{ package: '@vitejs/plugin-vue', local: 'vue' }];
  return 'react' in dependencies && hasJsx ? [{ package: '@vitejs/plugin-react', local: 'react' }] : [];
}
