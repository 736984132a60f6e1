import { baseName, folderPath } from '../text/search-text.ts';
import { joined } from '../tree/tree-path.ts';
import type { Occurrence } from './occurrence.ts';
import type { Reach } from './reach.ts';
import { fitting, withStar } from './star.ts';
import type { TreeIndex } from './tree-index.ts';

const endings = ['', '.scss', '.sass', '.less', '.css', '.styl'];

/**
 * The file that a style sheet, a URL, a reference or markup names: a path from its own folder, with or without `./`. A
 * style sheet may leave out extension and underscore, as Sass has it; markup may begin at the root of its package; a URL may
 * name a folder. Pure.
 */
export function resolveStyle(
  from: string,
  { kind, specifier }: Pick<Occurrence, 'kind' | 'specifier'>,
  tree: TreeIndex,
): Reach | undefined {
  const isSheet = kind.startsWith('css-');
  if (specifier.startsWith('/')) {
    const home = tree.homeOf(from)?.folder ?? '.';
    const path = joined(home, specifier);
    return kind === 'asset' && tree.has(path) ? reach(path, 'exact') : undefined;
  }
  const plain = isSheet ? specifier.replace(/^~/, '') : specifier;
  if (plain === specifier) {
    const found = pathAt(joined(folderPath(from), plain), isSheet, tree);
    if (found !== undefined) return found;
    const folder = joined(folderPath(from), plain);
    if (kind === 'url' && folder !== '.' && tree.hasFolder(folder)) return reach(folder, 'exact');
  }
  if (!isSheet) return undefined;
  for (const { entry, star } of fitting(tree.aliasesOf(from)?.aliases ?? [], ({ pattern }) => pattern, plain)) {
    for (const target of entry.targets) {
      const found = pathAt(withStar(target, star), isSheet, tree);
      if (found !== undefined) return { ...found, route: 'alias' };
    }
  }
  return undefined;
}

function pathAt(path: string, isSheet: boolean, tree: TreeIndex): Reach | undefined {
  if (path.startsWith('..')) return undefined;
  if (tree.has(path)) return reach(path, 'exact');
  if (!isSheet) return undefined;
  const partial = joined(folderPath(path), `_${baseName(path)}`);
  for (const ending of endings) {
    for (const one of [path, partial]) if (tree.has(one + ending)) return reach(one + ending, 'no-extension');
    for (const one of ['_index', 'index']) {
      const index = `${path}/${one}${ending}`;
      if (ending !== '' && tree.has(index)) return reach(index, 'index');
    }
  }
  return undefined;
}

function reach(target: string, habit: Reach['habit']): Reach {
  return { target, route: 'relative', habit, isBuilt: false };
}
