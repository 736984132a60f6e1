import type { SourceTree } from './recipe-run.ts';

/** A tree that is nothing but texts by path; those below a `node_modules` are installed, not the tree's own. */
export function memoryTree(files: Readonly<Record<string, string>>): SourceTree {
  const texts = new Map(Object.entries(files));
  return {
    paths: [...texts.keys()].filter((path) => !isInstalled(path)).sort(),
    passedOver: [],
    read(path) {
      const text = texts.get(path);
      return Promise.resolve(text === undefined ? { why: 'It is not there.' } : { text });
    },
    installed: (path) => Promise.resolve(texts.get(path)),
  };
}

function isInstalled(path: string): boolean {
  return /(^|\/)node_modules\//.test(path);
}
