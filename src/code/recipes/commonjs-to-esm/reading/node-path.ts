import { folderPath } from '../../../text/search-text.ts';
import { joined } from '../../../tree/tree-path.ts';

/** The files of a tree, and the `main` of each folder that has a package.json with one. */
export type Files = {
  readonly has: (path: string) => boolean;
  readonly mainOf: (folder: string) => string | undefined;
};

/** The file that Node's `require` takes for a relative specifier; undefined where there is none. Pure. */
export function requiredPath(from: string, specifier: string, { has, mainOf }: Files): string | undefined {
  const path = joined(folderPath(from), specifier);
  const isFolder = /(^|\/)\.{1,2}\/?$|\/$/.test(specifier);
  const plain = isFolder ? [] : [path, `${path}.js`, `${path}.json`, `${path}.node`];
  const index = ['index.js', 'index.json', 'index.node'].map((name) => joined(path, name));
  const main = mainOf(path);
  const named =
    main === undefined ? [] : ['', '.js', '.json', '/index.js'].map((ending) => joined(path, main + ending));
  return [...plain, ...named, ...index].find(has);
}
