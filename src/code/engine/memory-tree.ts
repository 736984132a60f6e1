import type { SourceTree } from './recipe-run.ts';

/** A tree that is nothing but texts by path. */
export function memoryTree(files: Readonly<Record<string, string>>): SourceTree {
  const texts = new Map(Object.entries(files));
  return {
    paths: [...texts.keys()].sort(),
    passedOver: [],
    read(path) {
      const text = texts.get(path);
      return Promise.resolve(text === undefined ? { why: 'It is not there.' } : { text });
    },
  };
}
