import { isAbsolute, posix, relative } from 'node:path';

/** Where a run took place. `roots` are all spellings of the root (a temporary folder is often a link), the given one first. */
export type Ground = { readonly roots: readonly string[]; readonly folder: string };

/** A path of a tool's report, from the root of the tree with slashes; one outside of the tree stays absolute. */
export function ownPath(said: string, { roots, folder }: Ground): string {
  const plain = said.startsWith('file://') ? decodeURI(said.slice('file://'.length)) : said;
  if (!isAbsolute(plain)) return posix.join(folder, plain.replaceAll('\\', '/'));
  for (const root of roots) {
    const inside = relative(root, plain).replaceAll('\\', '/');
    if (inside !== '' && !inside.startsWith('../') && inside !== '..') return inside;
  }
  return plain.replaceAll('\\', '/');
}

/** A message without the place of the tree, so that it is the same in another checkout. */
export function withoutRoot(message: string, { roots }: Ground): string {
  return roots.reduce((text, root) => text.replaceAll(`${root}/`, '').replaceAll(root, '.'), message);
}
