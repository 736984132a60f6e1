import { folderPath } from '../text/search-text.ts';
import { joined } from '../tree/tree-path.ts';
import { sourcesOf } from './built-from.ts';
import type { Occurrence, OccurrenceKind } from './occurrence.ts';
import { isModuleKind } from './occurrence.ts';
import type { NamedTarget, PackageNames } from './package-names.ts';
import { decodedPath, isUrl } from './percent.ts';
import type { Habit, Reach, Route } from './reach.ts';
import { resolveStyle } from './resolve-style.ts';
import { fitting, withStar } from './star.ts';
import type { TreeIndex } from './tree-index.ts';

/** What runs comes before what only declares: the declarations beside a module go where it goes. */
const order = [
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.json',
  '.vue',
  '.svelte',
  '.d.ts',
  '.d.mts',
  '.d.cts',
];
const typed: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.d.ts', '.jsx'],
  '.jsx': ['.tsx', '.ts'],
  '.mjs': ['.mts', '.d.mts'],
  '.cjs': ['.cts', '.d.cts'],
};

/** The file of the tree that an occurrence in a file reaches; undefined where it is of no file of the tree. Pure. */
export function resolve(
  from: string,
  { kind, specifier }: Pick<Occurrence, 'kind' | 'specifier'>,
  tree: TreeIndex,
): Reach | undefined {
  const plain = withoutSuffix(specifier, kind);
  if (plain === '' || /^[a-z][a-z0-9+.-]*:|^\/\//i.test(plain)) return undefined;
  if (kind === 'computed' || kind === 'glob' || kind === 'configured') return undefined;
  const found = asItStands(from, { kind, specifier: plain }, tree);
  const decoded = found === undefined && isUrl(kind) ? decodedPath(plain) : undefined;
  if (decoded === undefined) return found;
  const reach = asItStands(from, { kind, specifier: decoded }, tree);
  return reach === undefined ? undefined : { ...reach, isEncoded: true };
}

function asItStands(
  from: string,
  { kind, specifier }: Pick<Occurrence, 'kind' | 'specifier'>,
  tree: TreeIndex,
): Reach | undefined {
  if (!isModuleKind(kind)) return resolveStyle(from, { kind, specifier }, tree);
  if (/^\.\.?(\/|$)/.test(specifier)) return relative(from, specifier, tree);
  if (specifier.startsWith('#')) return imported(from, specifier, kind, tree) ?? aliased(from, specifier, tree);
  return aliased(from, specifier, tree) ?? packaged(from, specifier, kind, tree) ?? based(from, specifier, tree);
}

/** What stands before `?raw` or `#part`, which bundlers take for themselves. */
export function withoutSuffix(specifier: string, kind: OccurrenceKind): string {
  const at = specifier.slice(1).search(isModuleKind(kind) ? /\?/ : /[?#]/);
  return at === -1 ? specifier : specifier.slice(0, at + 1);
}

function relative(from: string, specifier: string, tree: TreeIndex): Reach | undefined {
  const path = joined(folderPath(from), specifier);
  const found = path.startsWith('..') ? undefined : fileAt(path, tree, /(^|\/)\.{1,2}\/?$|\/$/.test(specifier));
  if (found !== undefined) return { ...found, route: 'relative' };
  const dirs = tree.aliasesOf(from)?.rootDirs ?? [];
  const own = dirs.find((dir) => from.startsWith(`${dir}/`));
  if (own === undefined || !path.startsWith(`${own}/`)) return undefined;
  for (const dir of dirs) {
    const other = fileAt(joined(dir, path.slice(own.length + 1)), tree);
    if (other !== undefined) return { ...other, route: 'relative' };
  }
  return undefined;
}

function aliased(from: string, specifier: string, tree: TreeIndex): Reach | undefined {
  for (const { entry, star } of fitting(tree.aliasesOf(from)?.aliases ?? [], ({ pattern }) => pattern, specifier)) {
    for (const target of entry.targets) {
      const found = fileAt(withStar(target, star), tree);
      if (found !== undefined) return { ...found, route: 'alias' };
    }
  }
  return undefined;
}

function based(from: string, specifier: string, tree: TreeIndex): Reach | undefined {
  const base = tree.aliasesOf(from)?.base;
  const found = base === undefined ? undefined : fileAt(joined(base, specifier), tree);
  return found === undefined ? undefined : { ...found, route: 'base-url' };
}

function imported(from: string, specifier: string, kind: OccurrenceKind, tree: TreeIndex): Reach | undefined {
  const home = tree.homeOf(from);
  return home === undefined
    ? undefined
    : throughTargets(home, { entries: home.imports, key: specifier, kind, route: 'imports' }, tree);
}

/** A name of the workspace or of the package itself, whatever node_modules holds: managers link the one to the other. */
function packaged(from: string, specifier: string, kind: OccurrenceKind, tree: TreeIndex): Reach | undefined {
  const parts = specifier.split('/');
  const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  const own = tree.homeOf(from);
  const home = own?.name === name ? own : tree.named(name);
  if (home === undefined) return undefined;
  const rest = specifier.slice(name.length + 1);
  const key = rest === '' ? '.' : `./${rest}`;
  if (home.exports !== undefined)
    return throughTargets(home, { entries: home.exports, key, kind, route: 'package' }, tree);
  const wanted = rest === '' ? [...home.mains, joined(home.folder, 'index')] : [joined(home.folder, rest)];
  for (const path of wanted) {
    const found = existing(path, home, tree);
    if (found !== undefined) return { ...found, route: 'package' };
  }
  return undefined;
}

type Keyed = {
  readonly entries: readonly NamedTarget[];
  readonly key: string;
  readonly kind: OccurrenceKind;
  readonly route: Route;
};

/** The first target of the best key that is there; of an import the conditions of `require` are passed over, and the other way round. */
function throughTargets(home: PackageNames, { entries, key, kind, route }: Keyed, tree: TreeIndex): Reach | undefined {
  const other = kind === 'require' || kind === 'require-resolve' ? 'import' : 'require';
  const fits = fitting(entries, (entry) => entry.key, key);
  const best = fits[0]?.entry.key;
  const open = fits.filter(({ entry }) => entry.key === best);
  const wanted = [...open.filter(({ entry }) => !entry.conditions.includes(other)), ...open];
  for (const allowed of ['there', 'built'] as const) {
    for (const { entry, star } of wanted) {
      const path = joined(home.folder, withStar(entry.target, star));
      if (!entry.target.startsWith('.')) continue;
      const found = allowed === 'there' ? exactly(path, tree) : builtFile(path, home, tree);
      if (found !== undefined) return { ...found, route };
    }
  }
  return undefined;
}

type Found = Omit<Reach, 'route'>;

function exactly(path: string, tree: TreeIndex): Found | undefined {
  return tree.has(path) ? { target: path, habit: 'exact', isBuilt: false } : undefined;
}

function existing(path: string, home: PackageNames, tree: TreeIndex): Found | undefined {
  return fileAt(path, tree) ?? builtFile(path, home, tree);
}

function builtFile(path: string, { built }: PackageNames, tree: TreeIndex): Found | undefined {
  const source = sourcesOf(path, built).find((one) => tree.has(one.path));
  return source === undefined ? undefined : { target: source.path, habit: 'exact', isBuilt: true };
}

/** The file that a path stands for, as compilers and bundlers complete it; `mustBeFolder` where it ends in a slash or dots. */
export function fileAt(path: string, tree: TreeIndex, mustBeFolder = false): Found | undefined {
  const found = (target: string, habit: Habit): Found => ({ target, habit, isBuilt: false });
  if (!mustBeFolder) {
    const dot = path.lastIndexOf('.');
    const extension = dot > path.lastIndexOf('/') ? path.slice(dot) : '';
    const bare = path.slice(0, path.length - extension.length);
    if (tree.has(path)) return found(path, 'exact');
    for (const ending of typed[extension] ?? [])
      if (tree.has(bare + ending)) return found(bare + ending, 'script-for-type');
    for (const ending of order) if (tree.has(path + ending)) return found(path + ending, 'no-extension');
  }
  if (!tree.hasFolder(path)) return undefined;
  for (const ending of order) {
    const index = joined(path, `index${ending}`);
    if (tree.has(index)) return found(index, 'index');
  }
  return undefined;
}
