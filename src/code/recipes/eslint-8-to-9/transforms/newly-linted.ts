import picomatch from 'picomatch';
import { propertyOf, textsOf } from '../../../engine/literals.ts';
import type { TreeView } from '../../../recipe.ts';
import { baseName } from '../../../text/search-text.ts';
import { type ConfigTop, joined } from '../reading/config-tops.ts';
import { overridesOf } from '../reading/readable.ts';
import { relative } from '../writing/flat-object.ts';
import { fileGlob, isWithin } from '../writing/globs.ts';
import type { LintScripts } from './lint-scripts.ts';

/**
 * Patterns for files that ESLint 9 would lint in the folders of the scripts, and ESLint 8 did not: .cjs and .mjs, .js
 * where `--ext` named others, what begins with a dot, and the configuration itself. The same files are linted as before.
 * Source: Migrate to v9.x, "eslint now lints all .js, .mjs and .cjs files"; Configuration Migration Guide, "Linting hidden files".
 */
export function ignoredAsBefore(
  tree: TreeView,
  { top, scripts, name }: { readonly top: ConfigTop; readonly scripts: readonly LintScripts[]; readonly name: string },
): readonly string[] {
  const folders = scripts.flatMap(({ manifest, targets }) =>
    targets
      .filter((target) => isFolder(target, tree, manifest.folder))
      .map((target) => joined(manifest.folder, target)),
  );
  if (folders.length === 0) return [];
  const isIn = (path: string) => folders.some((folder) => isWithin(path, folder)) && isWithin(path, top.folder);
  const linted = tree.paths.filter((path) => isIn(path) && !/(^|\/)node_modules\//.test(path));
  const said = scripts.flatMap(({ extensions }) => extensions);
  const extensions = said.length === 0 ? ['js'] : said;
  const isNamed = namedByOverrides(top);
  const endings = ['js', 'cjs', 'mjs'].filter(
    (ending) =>
      !extensions.includes(ending) &&
      linted.some((path) => path.endsWith(`.${ending}`) && !isHidden(path) && !isNamed(path)),
  );
  const hidden = linted.some(
    (path) => isHidden(path) && /\.[cm]?js$/.test(path) && !baseName(path).startsWith('.eslintrc.'),
  );
  const own = top.folder === '.' ? name : `${top.folder}/${name}`;
  return [...(isIn(own) ? [name] : []), ...endings.map((ending) => `**/*.${ending}`), ...(hidden ? ['**/.*'] : [])];
}

function isFolder(target: string, tree: TreeView, folder: string): boolean {
  if (/[*{]/.test(target)) return false;
  const path = joined(folder, target);
  return path === '.' || tree.paths.some((one) => one.startsWith(`${path}/`));
}

function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.'));
}

/** A pattern of `overrides` that does not end with `*` has its files linted. */
function namedByOverrides({ sources, folder }: ConfigTop): (path: string) => boolean {
  const globs = sources.flatMap(({ object, folder: own }) =>
    (object === undefined ? [] : overridesOf(object))
      .flatMap((override) => textsOf(propertyOf(override, 'files')) ?? [])
      .filter((pattern) => !pattern.endsWith('*'))
      .map((pattern) => fileGlob(pattern, relative(own, folder))),
  );
  return globs.length === 0 ? () => false : (path) => picomatch(globs, { dot: true })(relative(path, folder));
}
