import { priceOf } from './prices.js';
import type { Tree } from './tree.js';

/** What a year brought, in a line for each tree that was harvested. */
export function report(trees: Tree[]): string[] {
  return trees.flatMap(({ kind, lastHarvest }) =>
    lastHarvest === null ? [] : [`${kind}: ${priceOf(kind, lastHarvest)} EUR`],
  );
}

/** Reads a list of trees; what cannot be read is none. */
export function readTrees(text: string): Tree[] {
  try {
    return JSON.parse(text);
  } catch (error) {
    console.error(`No trees: ${String(error)}`);
    return [];
  }
}
