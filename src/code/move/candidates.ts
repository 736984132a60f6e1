import type { BuiltFrom } from '../graph/built-from.ts';
import type { PackageNames } from '../graph/package-names.ts';
import type { Habit, Reach } from '../graph/reach.ts';
import { fitting, starIn, withStar } from '../graph/star.ts';
import type { TreeIndex } from '../graph/tree-index.ts';
import { baseName, folderPath } from '../text/search-text.ts';
import { joined, relativeFrom } from '../tree/tree-path.ts';
import { needsExtension } from './needs-extension.ts';

/** A specifier as it stands, with the files that it stands between after the move. */
export type Wanted = {
  readonly from: string;
  readonly target: string;
  readonly specifier: string;
  readonly reach: Reach;
};

const declared = /\.d\.[cm]?ts$/;
const anyExtension = /\.[^./]+$/;

/** A path as an end of a specifier says it, the habit of before first. Pure. */
export function spellings(path: string, habit: Habit, specifier: string): readonly string[] {
  const bare = declared.test(path) ? path.replace(declared, '') : path.replace(anyExtension, '');
  const asScript = declared.test(path)
    ? path.replace(/\.d\.([cm]?)ts$/, '.$1js')
    : path.replace(/\.([cm]?)tsx?$/, specifier.endsWith('.jsx') ? '.$1jsx' : '.$1js');
  const folder = baseName(bare) === 'index' ? folderPath(path) : bare;
  const all: Readonly<Record<Habit, readonly string[]>> = {
    exact: [path],
    'no-extension': [bare, path],
    'script-for-type': [asScript, path],
    index: [folder, bare, path],
  };
  return all[habit];
}

/** Names by the path from the folder of the file. Pure. */
export function relativeNames({ from, target, specifier, reach }: Wanted, tree: TreeIndex): readonly string[] {
  const isPlain = !/^\.{1,2}(\/|$)/.test(specifier) && reach.route === 'relative';
  if (specifier.startsWith('/')) return [`/${pathBelow(target, tree.homeOf(from)?.folder ?? '.')}`];
  return spellings(target, reach.habit, specifier)
    .flatMap(partial(specifier))
    .map((path) => asOneFolder(path, from, tree))
    .map((path) => {
      const way = relativeFrom(folderPath(from), path);
      const shown = isPlain ? way.replace(/^\.\//, '') : way;
      return specifier.endsWith('/') && !shown.endsWith('/') ? `${shown}/` : shown;
    });
}

/** Folders of `rootDirs` are one at run time: a path in another of them is written as if it stood in the own one. */
function asOneFolder(path: string, from: string, tree: TreeIndex): string {
  const dirs = tree.aliasesOf(from)?.rootDirs ?? [];
  const own = dirs.find((dir) => from.startsWith(`${dir}/`));
  const other = dirs.find((dir) => path.startsWith(`${dir}/`));
  return own === undefined || other === undefined ? path : own + path.slice(other.length);
}

/** Sass leaves the underscore of a partial out. */
function partial(specifier: string): (path: string) => readonly string[] {
  return (path) => {
    const name = baseName(path);
    const isMarked = name.startsWith('_') && !baseName(specifier).startsWith('_');
    return isMarked ? [joined(folderPath(path), name.slice(1)), path] : [path];
  };
}

/** Names by `paths` and `baseUrl` of the tsconfig above the file, the pattern of before first. Pure. */
export function aliasNames({ from, target, specifier, reach }: Wanted, tree: TreeIndex): readonly string[] {
  const { aliases = [], base } = tree.aliasesOf(from) ?? {};
  const before = fitting(aliases, ({ pattern }) => pattern, specifier).map(({ entry }) => entry);
  const ordered = [...before, ...aliases.filter((one) => !before.includes(one))];
  const paths = [...spellings(target, reach.habit, specifier), ...spellings(target, 'no-extension', specifier)];
  const named = ordered.flatMap(({ pattern, targets }) =>
    targets.flatMap((one) => paths.flatMap((path) => filled(pattern, starIn(one, path)))),
  );
  const based =
    base === undefined
      ? []
      : paths
          .filter((path) => base === '.' || path.startsWith(`${base}/`))
          .map((path) => relativeFrom(base, path).replace(/^\.\//, ''));
  return reach.route === 'base-url' ? [...based, ...named] : named;
}

/** Names by `imports` of the package above the file. Pure. */
export function importNames({ from, target, specifier }: Wanted, tree: TreeIndex): readonly string[] {
  const home = tree.homeOf(from);
  return home === undefined ? [] : keysFor({ target, key: specifier }, home, home.imports);
}

/** Names by the package in which the target stands. Pure. */
export function packagePaths({ from, target, specifier, reach }: Wanted, tree: TreeIndex): readonly string[] {
  const home = tree.homeOf(target);
  const name = home?.name;
  if (home === undefined || name === undefined) return [];
  if (home.exports !== undefined)
    return keysFor({ target, key: `.${specifier.slice(name.length)}` }, home, home.exports).map(
      (key) => name + key.slice(1),
    );
  const bare = needsExtension(from, tree) ? 'script-for-type' : 'no-extension';
  const habit = anyExtension.test(baseName(specifier)) ? reach.habit : bare;
  const inside = spellings(target, habit, specifier).map((path) => `${name}/${pathBelow(path, home.folder)}`);
  return [name, ...inside];
}

/** Keys that lead to a target; the one that fits the key of before comes first. */
function keysFor(
  { target, key: before }: { readonly target: string; readonly key: string },
  home: PackageNames,
  entries: PackageNames['imports'],
): readonly string[] {
  const known = fitting(entries, ({ key }) => key, before).map(({ entry }) => entry);
  const ordered = [...known, ...entries.filter((one) => !known.includes(one))];
  return keysTo(target, home, ordered).map(({ key }) => key);
}

/** Each key that leads to a file, its `*` filled in, with the pattern that does. Pure. */
export function keysTo(
  path: string,
  home: PackageNames,
  entries: PackageNames['imports'],
): readonly { readonly key: string; readonly pattern: string }[] {
  const paths = [path, ...builtForms(path, home.built)];
  return entries.flatMap(({ key: named, target: pattern }) =>
    paths.flatMap((one) => filled(named, starIn(joined(home.folder, pattern), one)).map((key) => ({ key, pattern }))),
  );
}

function filled(pattern: string, star: string | undefined): readonly string[] {
  return star === undefined ? [] : [withStar(pattern, star)];
}

/** Paths at which a build may write what it makes of a source. Pure. */
export function builtForms(path: string, built: readonly BuiltFrom[]): readonly string[] {
  return built.flatMap(({ out, source }) => {
    if (!path.startsWith(`${source}/`)) return [];
    const rest = path.slice(source.length + 1);
    const script = rest.replace(/\.([cm]?)[jt]sx?$/, '.$1js');
    return [...new Set([script, script.replace(/\.([cm]?)js$/, '.d.$1ts'), rest])].map((one) => `${out}/${one}`);
  });
}

function pathBelow(path: string, folder: string): string {
  return folder === '.' ? path : path.slice(folder.length + 1);
}
