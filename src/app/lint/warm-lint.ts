import { loadParser } from '#db/drivers/postgres/sql/syntax-tree';

/**
 * Begins to load what `lint` waits for longest, the parser and the rules, while the command line is still being read.
 * The parser is compiled in threads of its own, so that it comes first, and the rules are read meanwhile. What cannot be
 * loaded is told by who needs it.
 */
export function warmLint(): void {
  loadParser().catch(() => undefined);
  setImmediate(() => import('./lint-paths.ts').catch(() => undefined));
}
