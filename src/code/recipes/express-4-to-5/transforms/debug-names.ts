import type { FileTransform, TextEdit } from '../../../recipe.ts';

/** Where the router of Express 4 logged, and where the package `router` does. */
const renamed: readonly (readonly [RegExp, string])[] = [
  [/^express:router:layer$/, 'router:layer'],
  [/^express:router:route$/, 'router:route'],
  [/^express:router(:?\*)$/, 'router,router:*'],
  [/^express:router$/, 'router'],
  [/^express:\*$/, 'express:*,router,router:*'],
];

/** `DEBUG=express:*` shows what the router does again. */
export const debugNames: FileTransform = {
  kind: 'file',
  id: 'debug-names',
  why: 'The router of Express 5 is the package `router`, which logs as `router`, `router:layer` and `router:route`; under `express:` it is silent (the guide Migrating to Express 5, express:router debug logs).',
  files: ['**/package.json', '**/*.{sh,env,yml,yaml}', '**/.env*', '**/Dockerfile*', '**/Makefile', '**/Procfile'],
  mentions: ['express:'],
  transform({ text }) {
    const edits: TextEdit[] = [];
    for (const found of text.matchAll(/\bDEBUG\s*[=:]\s*["']?([\w:*,.-]+)/g)) {
      const [whole, value = ''] = found;
      const after = renamedIn(value);
      if (after === value) continue;
      edits.push({ offset: found.index + whole.length - value.length, length: value.length, text: after });
    }
    return { edits, unresolved: [] };
  },
};

/** The list of names with those of the router under their new ones; the same where they stand in it already. */
function renamedIn(value: string): string {
  const names = value.split(',');
  if (names.includes('router')) return value;
  return names.map((name) => renamed.find(([old]) => old.test(name))?.[1] ?? name).join(',');
}
