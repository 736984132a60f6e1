import type { TreeView } from '../../../recipe.ts';
import type { RunnerPackage } from '../../../vitest/runner-packages.ts';
import { type ViteFiles, viteFiles } from '../../../vitest/vite-files.ts';
import type { Plugin } from '../../../vitest/vitest-config.ts';
import { environmentOf } from './vitest-options.ts';

/** What a package has beside its configuration of Jest that one of Vitest must know of. */
export type Surrounding = ViteFiles & {
  readonly plugins: readonly Plugin[];
  /** Packages of the environments that test files name themselves. */
  readonly environments: readonly string[];
  /** Tests lie in `__tests__` under names that say nothing. */
  readonly hasTestsFolder: boolean;
  readonly hasOldSnapshots: boolean;
  /** Tests look at computed styles, which depend on the version of jsdom. */
  readonly comparesStyles: boolean;
};

const testFolder = /(^|\/)__tests__\/.*\.[cm]?[jt]sx?$/;

/** Looks at the files of a package. */
export async function surroundingOf(one: RunnerPackage, tree: TreeView): Promise<Surrounding> {
  const files = await viteFiles(one, tree);
  const environments = new Set<string>();
  let hasJsx = false;
  let comparesStyles = false;
  for (const path of one.files) {
    if (!/\.[cm]?[jt]sx?$/.test(path)) continue;
    hasJsx ||= /\.[jt]sx$/.test(path);
    if (!/\.(test|spec)\.|__tests__/.test(path)) continue;
    const text = (await tree.read(path))?.text ?? '';
    comparesStyles ||= /\b(toHaveStyle|getComputedStyle)\b/.test(text);
    const [, name] = /@(?:jest|vitest)-environment\s+(\S+)/.exec(text) ?? [];
    const known = name === undefined ? undefined : environmentOf(name.replace(/^\.\/.*/, ''));
    if (known !== undefined && known !== 'node') environments.add(known);
  }
  return {
    ...files,
    plugins: !files.hasViteConfig ? pluginsOf(one, hasJsx) : [],
    environments: [...environments].sort(),
    hasTestsFolder: one.files.some((path) => testFolder.test(path) && !/\.(test|spec)\.[cm]?[jt]sx?$/.test(path)),
    hasOldSnapshots: one.files.some((path) => path.endsWith('.snap')),
    comparesStyles,
  };
}

function pluginsOf({ dependencies, files }: RunnerPackage, hasJsx: boolean): readonly Plugin[] {
  if ('vue' in dependencies && files.some((path) => path.endsWith('.vue')))
    return [{ package: '@vitejs/plugin-vue', local: 'vue' }];
  return 'react' in dependencies && hasJsx ? [{ package: '@vitejs/plugin-react', local: 'react' }] : [];
}
