import type { SourceTree } from '../../../engine/recipe-run.ts';
import { type Edge, edgesOf, readNames } from '../../../graph/module-graph.ts';
import { isModuleKind } from '../../../graph/occurrence.ts';
import type { TreeIndex } from '../../../graph/tree-index.ts';
import type { TextEdit } from '../../../recipe.ts';
import { folderPath } from '../../../text/search-text.ts';
import { joined, relativeFrom } from '../../../tree/tree-path.ts';
import type { Block } from '../types/annotate.ts';
import type { Running } from './package-facts.ts';

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
  { edges }: Reaches,
  { candidates, running }: { readonly candidates: readonly string[]; readonly running: Running },
): ReadonlyMap<string, Block> {
  const pinned = new Map<string, Block>();
  const first = { offset: 0, length: 0 };
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

/** Edits by which every specifier reaches the files under their new names. Pure. */
export function specifierEdits(
  { edges }: Reaches,
  moves: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly TextEdit[]> {
  const edits = new Map<string, Map<number, TextEdit>>();
  for (const { from, kind, reach, specifier, offset, length } of edges) {
    const to = reach === undefined ? undefined : moves.get(reach.target);
    if (reach === undefined || to === undefined) continue;
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
