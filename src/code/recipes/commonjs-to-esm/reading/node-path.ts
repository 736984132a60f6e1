import { folderPath } from '../../../search-text.ts';
import { joined } from '../../../tree-path.ts';

/** The file that Node's `require` takes for a relative specifier; undefined where there is none. Pure. */
export function requiredPath(from: string, specifier: string, has: (path: string) => boolean): string | undefined {
  const path = joined(folderPath(from), specifier);
  const isFolder = /(^|\/)\.{1,2}\/?$|\/$/.test(specifier);
  const plain = isFolder ? [] : [path, `${path}.js`, `${path}.json`, `${path}.node`];
  const index = ['index.js', 'index.json', 'index.node'].map((name) => joined(path, name));
  return [...plain, ...index].find(has);
}

/** A path as a relative specifier writes it from a file. Pure. */
export function relativeSpecifier(from: string, to: string): string {
  const own = from.split('/').slice(0, -1);
  const other = to.split('/');
  let shared = 0;
  while (shared < own.length && shared < other.length - 1 && own[shared] === other[shared]) shared += 1;
  const up = own.slice(shared).map(() => '..');
  const way = [...up, ...other.slice(shared)].join('/');
  return way.startsWith('.') ? way : `./${way}`;
}
