import { type ConfigSource, configSource } from '../../../engine/config-source.ts';
import { literalOf, propertyOf, textsOf } from '../../../engine/literals.ts';
import type { RecipeFile, TreeView } from '../../../recipe.ts';
import { baseName, folderPath } from '../../../text/search-text.ts';
import { isWithin } from '../writing/globs.ts';
import type { Manifest } from './manifests.ts';

/** Names of configuration files; of several in a folder ESLint 8 reads the first. https://eslint.org/docs/v8.x/use/configure/configuration-files */
const configNames = [
  '.eslintrc.js',
  '.eslintrc.cjs',
  '.eslintrc.mjs',
  '.eslintrc.yaml',
  '.eslintrc.yml',
  '.eslintrc.json',
  '.eslintrc',
  'package.json',
] as const;

/** The configurations that become one new file, outermost first: those below add to those above. */
export type ConfigTop = {
  readonly folder: string;
  readonly sources: readonly ConfigSource[];
  /** Folders whose configuration takes nothing from above. */
  readonly shut: readonly string[];
  /** Files that ESLint 8 passes over, because another of the same folder comes first. */
  readonly unread: readonly string[];
};

/** Configurations that cannot be read at all. */
export type ConfigTops = { readonly tops: readonly ConfigTop[]; readonly unreadable: readonly RecipeFile[] };

/**
 * Finds the configurations of a tree. ESLint 9 reads one file for a run, from the folder in which it runs upwards; so those
 * below a folder that is linted as a whole go into its file.
 */
export async function configTops(tree: TreeView, manifests: readonly Manifest[]): Promise<ConfigTops> {
  const bySpot = new Map<string, ConfigSource>();
  const unread = new Map<string, string[]>();
  const unreadable: RecipeFile[] = [];
  const names: readonly string[] = configNames;
  const ranked = tree.paths
    .flatMap((path) => {
      const rank = names.indexOf(baseName(path));
      return rank === -1 || /(^|\/)node_modules\//.test(path) ? [] : [{ path, rank }];
    })
    .toSorted((one, other) => one.rank - other.rank);
  for (const { path } of ranked) {
    const file = await tree.read(path);
    const source = file === undefined ? undefined : configSource(file, 'eslintConfig');
    const isManifest = baseName(path) === 'package.json';
    if (file === undefined || (isManifest && source === undefined)) continue;
    const folder = folderPath(path);
    if (bySpot.has(folder)) unread.set(folder, [...(unread.get(folder) ?? []), path]);
    else if (source === undefined) unreadable.push(file);
    else bySpot.set(folder, source);
  }
  const sources = [...bySpot.values()].toSorted((one, other) => depthOf(one.folder) - depthOf(other.folder));
  return {
    tops: grouped(sources, manifests).map((top) => ({ ...top, unread: unread.get(top.folder) ?? [] })),
    unreadable,
  };
}

function depthOf(folder: string): number {
  return folder === '.' ? 0 : folder.split('/').length;
}

function grouped(
  sources: readonly ConfigSource[],
  manifests: readonly Manifest[],
): readonly Omit<ConfigTop, 'unread'>[] {
  const tops: { folder: string; sources: ConfigSource[]; shut: string[] }[] = [];
  for (const source of sources) {
    const above = tops.filter(({ folder }) => isWithin(source.folder, folder)).at(-1);
    const isShut = isRoot(source) && !extendsFrom(source, above?.sources ?? []);
    if (above === undefined || (isShut && isLintedOnItsOwn(source.folder, manifests)))
      tops.push({ folder: source.folder, sources: [source], shut: [] });
    else {
      above.sources.push(source);
      if (isShut) above.shut.push(source.folder);
    }
  }
  return tops;
}

function isRoot({ object }: ConfigSource): boolean {
  const root = object === undefined ? undefined : propertyOf(object, 'root');
  return root !== undefined && literalOf(root) === true;
}

function isLintedOnItsOwn(folder: string, manifests: readonly Manifest[]): boolean {
  const own = manifests.find((one) => one.folder === folder);
  return own !== undefined && Object.values(own.scripts).some((script) => /\beslint\b/.test(script));
}

/** True where a configuration names one of those above by its path: it gets it by its place then. */
function extendsFrom(source: ConfigSource, above: readonly ConfigSource[]): boolean {
  const { object } = source;
  const entries = object === undefined ? [] : (textsOf(propertyOf(object, 'extends')) ?? []);
  return entries.some((entry) => referredTo(entry, source.folder, above) !== undefined);
}

/** The configuration that a relative entry of `extends` leads to. */
export function referredTo(entry: string, folder: string, sources: readonly ConfigSource[]): ConfigSource | undefined {
  if (!entry.startsWith('.')) return undefined;
  const path = joined(folder, entry);
  return sources.find((one) => [path, `${path}.js`, `${path}.json`, `${path}.cjs`].includes(one.path));
}

/** A relative path from a folder, from the root of the tree. */
export function joined(folder: string, path: string): string {
  const parts = folder === '.' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.length === 0 ? '.' : parts.join('/');
}
