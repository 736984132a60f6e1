import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** The folder of godwit's own package, wherever the code that asks stands: source, compiled file or bundle. */
export function ownFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('godwit/package.json'));
}
