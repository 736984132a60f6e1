import { isRecord } from '../text/read-data.ts';
import { baseName, folderPath } from '../text/search-text.ts';
import { joined } from '../tree/tree-path.ts';
import { optionsOf } from './config-chain.ts';

/** A pattern of `paths` with its targets from the root; both may hold one `*`. */
export type PathAlias = { readonly pattern: string; readonly targets: readonly string[] };

/** What the tsconfigs of a folder say of names. */
export type PathAliases = {
  readonly aliases: readonly PathAlias[];
  /** `baseUrl`: names that nothing else explains are looked for here. */
  readonly base: string | undefined;
  /** `rootDirs`: folders that count as one for relative names. */
  readonly rootDirs: readonly string[];
  /** True where names are resolved as Node does it, which adds no extension to what an ES module imports. */
  readonly isAsNode: boolean;
};

/**
 * By folder, what its tsconfigs say of names: tsconfig.json first, then the others (`tsconfig.app.json`, to which Vite's
 * templates move everything). Pure.
 */
export function pathAliases(texts: ReadonlyMap<string, string>): ReadonlyMap<string, PathAliases> {
  const byFolder = new Map<string, PathAliases>();
  for (const path of [...texts.keys()].filter(isConfig).sort(mainFirst)) {
    const own = aliasesIn(path, texts);
    const known = byFolder.get(folderPath(path));
    const before = known?.aliases ?? [];
    byFolder.set(folderPath(path), {
      aliases: [...before, ...own.aliases.filter(({ pattern }) => before.every((one) => one.pattern !== pattern))],
      base: known?.base ?? own.base,
      rootDirs: known === undefined || known.rootDirs.length === 0 ? own.rootDirs : known.rootDirs,
      isAsNode: known?.isAsNode ?? own.isAsNode,
    });
  }
  return byFolder;
}

function aliasesIn(path: string, texts: ReadonlyMap<string, string>): PathAliases {
  const options = optionsOf(path, texts);
  const base = options.get('baseUrl');
  const baseFolder = typeof base?.value === 'string' ? joined(base.folder, base.value) : undefined;
  const paths = options.get('paths');
  const from = baseFolder ?? paths?.folder ?? '.';
  const rootDirs = options.get('rootDirs');
  return {
    aliases: Object.entries(isRecord(paths?.value) ? paths.value : {}).map(([pattern, targets]) => ({
      pattern,
      targets: stringsOf(targets).map((target) => joined(from, target)),
    })),
    base: baseFolder,
    isAsNode: [options.get('moduleResolution'), options.get('module')].some((one) =>
      /^node(16|18|20|next)$/i.test(String(one?.value)),
    ),
    rootDirs: stringsOf(rootDirs?.value).map((one) => joined(rootDirs?.folder ?? '.', one)),
  };
}

function isConfig(path: string): boolean {
  return /^[tj]sconfig[^/]*\.json$/.test(baseName(path)) && !path.includes('node_modules/');
}

function mainFirst(one: string, other: string): number {
  const rank = (path: string) => ['tsconfig.json', 'jsconfig.json'].indexOf(baseName(path)) >>> 0;
  return rank(one) - rank(other) || (one < other ? -1 : 1);
}

function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
