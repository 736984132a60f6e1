import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fail } from '#core/error';

/**
 * The folder of godwit's own package, wherever the code that asks stands: source, compiled file or bundle. Throws `not-built`
 * in a copy that is one file and has no package.
 */
export function ownFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('godwit/package.json'));
  } catch (error) {
    throw fail(
      'not-built',
      {
        what: 'This copy of godwit cannot run codemods of others.',
        why: 'It is one file, and the process in which they would be shut in stands in the package.',
        next: 'Install godwit in the project (`npm install --save-dev godwit`) and call that: `npx godwit`.',
      },
      error,
    );
  }
}
