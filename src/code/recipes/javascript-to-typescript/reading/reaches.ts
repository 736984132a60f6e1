import type { SourceTree } from '../../../engine/recipe-run.ts';
import { type Edge, edgesOf, readNames } from '../../../graph/module-graph.ts';
import { isModuleKind } from '../../../graph/occurrence.ts';
import { fitting, withStar } from '../../../graph/star.ts';
import type { TreeIndex } from '../../../graph/tree-index.ts';
import type { TextEdit } from '../../../recipe.ts';
import { folderPath } from '../../../text/search-text.ts';
import { joined, relativeFrom } from '../../../tree/tree-path.ts';
import type { Block } from '../types/annotate.ts';
import { isTest, type Running } from './package-facts.ts';

/** Every specifier of the tree, with what it reaches. */
export type Reaches = { readonly edges: readonly Edge[]; readonly index: TreeIndex };

/** Reads the specifiers of a tree. */
export async function readReaches(tree: {
  readonly paths: readonly string[];
  read(path: string): Promise<{ readonly text: string } | undefined>;
}): Promise<Reaches> {
  const source: Pick<SourceTree, 'paths' | 'read'> = {
    paths: tree.paths,
    async read(path) {
      const file = await tree.read(path);
      return file === undefined ? { why: 'It cannot be read.' } : { text: file.text };
    },
  };
  const { names, index } = await readNames(source, new AbortController().signal);
  return { edges: edgesOf(names, index), index };
}

/** Files that something names in a way that cannot follow a change of their extension, with the reason. Pure. */
export function pinnedFiles(
  reaches: Reaches,
  { candidates, running }: { readonly candidates: readonly string[]; readonly running: Running },
): ReadonlyMap<string, Block> {
  const { edges } = reaches;
  const pinned = new Map<string, Block>();
  const first = { offset: 0, length: 0 };
  // What has declarations by hand is known to the compiler before a build too.
  for (const { from, specifier, reach } of builtNames(reaches, { candidates, running }))
    if (candidates.includes(from) && candidates.includes(reach?.target ?? '') && !pinned.has(from))
      pinned.set(from, {
        ...first,
        specifier,
        why: `${specifier} leads to what the build writes, which neither tests nor the compiler find before a build`,
      });
  for (const edge of edges) {
    const { kind, reach, specifier, from } = edge;
    if (kind === 'glob' || kind === 'computed') {
      const [fixed = ''] = /^[^*?{[$]*/.exec(specifier) ?? [];
      const exact = fixed === specifier ? joined(folderPath(from), fixed) : undefined;
      const folder = specifier.startsWith('.') ? joined(folderPath(from), fixed.replace(/[^/]*$/, '')) : undefined;
      if (folder === undefined || !/\.(m?js|jsx)/.test(specifier)) continue;
      for (const path of candidates)
        if (exact === undefined ? folder === '.' || path.startsWith(`${folder}/`) : path === exact)
          pinned.set(path, { ...first, why: `${from} finds it by the pattern ${specifier}`, pattern: edge });
    } else if (reach === undefined || !candidates.includes(reach.target)) continue;
    else if (kind === 'url' && running === 'build')
      pinned.set(reach.target, {
        ...first,
        why: `${from} names it by new URL(), which has to say one name for source and build`,
      });
    else if (reach.route === 'imports' && running === 'build')
      pinned.set(reach.target, {
        ...first,
        why: `${from} reaches it as ${specifier} through "imports" of package.json, which has to say one name for source and build`,
      });
  }
  return pinned;
}

/**
 * Specifiers that stay, for they lead through the public names of a package, and those lead to the files as they are then:
 * in what tests it, so that they go on to test that, and in other packages. Pure.
 */
export function byPublicName({ edges, index }: Reaches, running: Running): readonly Edge[] {
  return edges.filter(({ from, reach, specifier }) => {
    if (reach?.route !== 'package') return false;
    const home = index.homeOf(reach.target);
    const isWithin = index.homeOf(from)?.folder === home?.folder;
    // Before a build, nothing of the package itself may need what it writes.
    if (running === 'build' && isWithin && !isTest(from)) return false;
    return home?.exports !== undefined || specifier === home?.name;
  });
}

/** Those of them that lead to what the build of the package writes. Pure. */
export function builtNames(
  reaches: Reaches,
  { candidates, running }: { readonly candidates: readonly string[]; readonly running: Running },
): readonly Edge[] {
  if (running !== 'build') return [];
  const built = new Set(candidates);
  return byPublicName(reaches, running).filter((edge) =>
    publicTargets(edge, reaches.index).some((target) => built.has(target)),
  );
}

/** All that the best key of `exports` gives for a name, under any condition. */
function publicTargets({ reach, specifier }: Edge, index: TreeIndex): readonly string[] {
  const home = index.homeOf(reach?.target ?? '');
  if (home?.exports === undefined || home.name === undefined) return reach === undefined ? [] : [reach.target];
  const fits = fitting(home.exports, ({ key }) => key, `.${specifier.slice(home.name.length)}`);
  const best = fits[0]?.entry.key;
  return fits
    .filter(({ entry }) => entry.key === best)
    .map(({ entry, star }) => joined(home.folder, withStar(entry.target, star)));
}

/** Edits by which every specifier reaches the files under their new names. Pure. */
export function specifierEdits(
  reaches: Reaches,
  { moves, running }: { readonly moves: ReadonlyMap<string, string>; readonly running: Running },
): ReadonlyMap<string, readonly TextEdit[]> {
  const edits = new Map<string, Map<number, TextEdit>>();
  const kept = new Set(byPublicName(reaches, running));
  for (const edge of reaches.edges) {
    const { from, kind, reach, specifier, offset, length } = edge;
    const to = reach === undefined ? undefined : moves.get(reach.target);
    if (reach === undefined || to === undefined || kept.has(edge)) continue;
    const text = newName({ from, specifier, to, isModule: isModuleKind(kind) }, reach);
    if (text === undefined || text === specifier) continue;
    edits.set(from, (edits.get(from) ?? new Map<number, TextEdit>()).set(offset, { offset, length, text }));
  }
  return new Map(
    [...edits].map(([path, own]) => [path, [...own.values()].sort((one, other) => one.offset - other.offset)]),
  );
}

function newName(
  {
    from,
    specifier,
    to,
    isModule,
  }: { readonly from: string; readonly specifier: string; readonly to: string; readonly isModule: boolean },
  reach: NonNullable<Edge['reach']>,
): string | undefined {
  const ending = /\.[cm]?tsx?$/.exec(to)?.[0] ?? '';
  if (reach.route === 'package') return isModule ? relativeFrom(folderPath(from), to) : undefined;
  if (reach.route === 'imports') return undefined;
  return reach.habit === 'exact' ? specifier.replace(/\.(m?js|jsx)(?=$|[?#])/, ending) : undefined;
}
