import { jsonOf } from '../text/read-data.ts';
import { baseName, folderPath } from '../text/search-text.ts';
import { foldersUp } from '../tree/tree-path.ts';
import { parsePnpmWorkspace, workspaceMatcher } from '../workspace/workspaces.ts';
import { bundlerAliases, mayAlias } from './bundler-aliases.ts';
import { type PackageNames, packageNames } from './package-names.ts';
import { type PathAlias, type PathAliases, pathAliases } from './path-aliases.ts';

/** A tree as resolution asks of it: paths from the root with slashes, `.` for the root. Pure data, so that a tree that is only planned has one too. */
export interface TreeIndex {
  readonly paths: readonly string[];
  has(path: string): boolean;
  hasFolder(path: string): boolean;
  /** Folder of the nearest package.json above a path, with what that says; undefined where there is none. */
  homeOf(path: string): PackageNames | undefined;
  /** The package of the workspace (or the root) with this name. */
  named(name: string): PackageNames | undefined;
  /** The packages of the workspace by folder, the root among them. */
  readonly members: ReadonlyMap<string, PackageNames>;
  /** What the nearest tsconfig or jsconfig above a file says of names, and then its bundler; undefined where there is neither. */
  aliasesOf(path: string): PathAliases | undefined;
}

/** Files whose text an index is made of. */
export function isIndexed(path: string): boolean {
  const name = baseName(path);
  return (
    name === 'package.json' || path === 'pnpm-workspace.yaml' || mayAlias(path) || /^[tj]sconfig[^/]*\.json$/.test(name)
  );
}

/** Makes an index of a tree; `texts` holds the files that `isIndexed` names. */
export function treeIndex(paths: readonly string[], texts: ReadonlyMap<string, string>): TreeIndex {
  const files = new Set(paths);
  const folders = new Set(['.']);
  for (const path of paths) {
    for (let folder = folderPath(path); !folders.has(folder); folder = folderPath(folder)) folders.add(folder);
  }
  const homes = new Map<string, PackageNames>();
  for (const [path, text] of texts) {
    if (baseName(path) === 'package.json')
      homes.set(folderPath(path), packageNames(folderPath(path), jsonOf(text), texts));
  }
  const members = membersOf(homes, texts.get('pnpm-workspace.yaml'));
  const byName = new Map([...members.values()].flatMap((home) => (home.name === undefined ? [] : [[home.name, home]])));
  const nearestHome = nearest(homes);
  const nearestAliases = together(nearest(pathAliases(texts)), nearest(bundlerAliases(texts)));
  return {
    paths,
    has: (path) => files.has(path),
    hasFolder: (path) => folders.has(path),
    homeOf: (path) => nearestHome(folderPath(path)),
    named: (name) => byName.get(name),
    members,
    aliasesOf: (path) => nearestAliases(folderPath(path)),
  };
}

/** What a tsconfig says of a name counts before what a bundler says of it. */
function together(
  said: (folder: string) => PathAliases | undefined,
  bundled: (folder: string) => readonly PathAlias[] | undefined,
): (folder: string) => PathAliases | undefined {
  const known = new Map<string, PathAliases | undefined>();
  return (folder) => {
    if (known.has(folder)) return known.get(folder);
    const [own, more] = [said(folder), bundled(folder)];
    const { aliases, ...others } = own ?? { aliases: [], base: undefined, rootDirs: [], isAsNode: true };
    const fresh = (more ?? []).filter(({ pattern }) => aliases.every((one) => one.pattern !== pattern));
    const value = fresh.length === 0 ? own : { ...others, aliases: [...aliases, ...fresh] };
    known.set(folder, value);
    return value;
  };
}

function membersOf(
  homes: ReadonlyMap<string, PackageNames>,
  pnpm: string | undefined,
): ReadonlyMap<string, PackageNames> {
  const root = homes.get('.');
  const patterns = pnpm === undefined ? [] : (parsePnpmWorkspace(pnpm)?.packages ?? []);
  const isMember = workspaceMatcher([...(root?.workspaces ?? []), ...patterns]);
  return new Map([...homes].filter(([folder]) => folder === '.' || isMember(folder)));
}

/** What a map of folders holds for the nearest folder above, remembered. */
function nearest<Value>(held: ReadonlyMap<string, Value>): (folder: string) => Value | undefined {
  const known = new Map<string, Value | undefined>();
  return (folder) => {
    if (known.has(folder)) return known.get(folder);
    const found = foldersUp(folder).find((one) => held.has(one));
    const value = found === undefined ? undefined : held.get(found);
    known.set(folder, value);
    return value;
  };
}
