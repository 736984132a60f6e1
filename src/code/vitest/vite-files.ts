import { nodesBelow, parseSource } from '../engine/compiler-tree.ts';
import type { TreeView } from '../recipe.ts';
import { baseName } from '../text/search-text.ts';
import ts from '../typescript.cts';
import type { RunnerPackage } from './runner-packages.ts';

/** Configurations of Vite and Vitest that a package has, and the name of the one that is to come. */
export type ViteFiles = {
  readonly configName: string;
  readonly hasVitestConfig: boolean;
  /** How its configuration of Vite is imported; undefined where there is none, or it answers by a function. */
  readonly viteConfig: string | undefined;
  readonly hasViteConfig: boolean;
};

/** Looks for them beside package.json. */
export async function viteFiles(one: RunnerPackage, tree: TreeView): Promise<ViteFiles> {
  const isOwn = (name: RegExp): string | undefined =>
    one.files.find(
      (path) => !path.slice(one.folder === '.' ? 0 : one.folder.length + 1).includes('/') && name.test(baseName(path)),
    );
  const vite = isOwn(/^vite\.config\.[cm]?[jt]s$/);
  const isTypescript = isOwn(/^tsconfig\.json$/) !== undefined || 'typescript' in one.dependencies;
  const isModule = one.manifest.type === 'module';
  return {
    configName: `vitest.config.${isModule ? '' : 'm'}${isTypescript ? 'ts' : 'js'}`,
    hasVitestConfig: isOwn(/^vitest\.config\.[cm]?[jt]s$/) !== undefined,
    viteConfig: vite === undefined || !(await isPlain(vite, tree)) ? undefined : importedAs(baseName(vite)),
    hasViteConfig: vite !== undefined,
  };
}

/** What bundles a configuration adds `.js` and `.ts` to a name, and no other ending. */
function importedAs(name: string): string {
  return `./${name.replace(/\.[jt]s$/, '').replace(/\.([cm])[jt]s$/, '.$1js')}`;
}

/** True for a configuration that is an object, and no function. */
async function isPlain(path: string, tree: TreeView): Promise<boolean> {
  const text = (await tree.read(path))?.text ?? '';
  const answer = [...nodesBelow(parseSource(path, text))].find(ts.isExportAssignment)?.expression;
  const inner = answer !== undefined && ts.isCallExpression(answer) ? answer.arguments[0] : answer;
  return inner !== undefined && !ts.isFunctionLike(inner);
}
