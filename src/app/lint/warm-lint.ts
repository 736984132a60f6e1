import { loadParser } from '#db/drivers/postgres/sql/syntax-tree';

/**
 * Begins to load what `lint` waits for longest, the parser and the rules, while the command line is still being read.
 * What cannot be loaded is told by who needs it.
 */
export function warmLint(): void {
  for (const loading of [loadParser(), import('./lint-paths.ts')]) loading.catch(() => undefined);
}
