/**
 * In what the tests run the examples of the verbs' pages (test/support/page-surroundings.ts); what is not named here is
 * run in the shop.
 */
const byCommand: Readonly<Record<string, string>> = {
  'godwit apply migrations/20260101-rename-name-1a2b3c4d': 'run: planned',
  'godwit apply migrations/20260101-rename-name-1a2b3c4d --confirm deploy': 'run: planned',
  'godwit apply --dry-run': 'run: planned, anew',
  'godwit approve migrations/20260101-rename-name-1a2b3c4d --target production':
    'by hand: it wants a person at a terminal',
  'godwit approve --target production --sign ~/.ssh/id_ed25519 --by ada@example.org':
    'by hand: it wants the private key of a person',
  'godwit demo': 'by hand: it takes about a minute; test/journeys/nodes.test.ts runs it with fewer rows',
  'godwit demo --json': 'by hand: it takes about a minute; test/journeys/nodes.test.ts runs it with fewer rows',
  'godwit demo --stay --rows 2000': 'run by: docs/tutorial.md',
  'godwit init': 'run: empty',
  'godwit lint change.sql --schema schema.sql --server-version 15': 'run: shop, anew, exit 2',
  'godwit lint migrations/<id>': 'run: planned',
  'godwit mcp --http 7431': 'run: shop, stays',
  'godwit pause': 'run: waiting',
  'godwit plan --from schema.sql --check': 'run: fresh, exit 2',
  'godwit plan --upgrade express@5': 'run by: docs/upgrades.md',
  'godwit purge migrations/20260101-rename-name-1a2b3c4d': 'run: done, exit 3',
  'godwit recipe run --command "npx @tailwindcss/upgrade" --allow-run --allow-network':
    'by hand: it fetches a tool of others and runs it',
  'godwit recipe run ./codemods/rename --param from=a --param to=b': 'run: recipes',
  'godwit plan --recipe commonjs-to-esm': 'run by: docs/commonjs-to-esm.md',
  'godwit recipe test --json --filter import': 'run: recipe-package',
  'godwit recipe test ./my-codemod': 'run: recipes',
  'godwit rehearse': 'run: planned',
  'godwit rehearse migrations/20260101-rename-name-1a2b3c4d --rows 1000000': 'by hand: a million rows take minutes',
  'godwit report --format markdown': 'run: done',
  'godwit report migrations/20260101-rename-name-1a2b3c4d --of plan --format markdown': 'run: done',
  'godwit resume': 'run: paused, exit 3',
  'godwit rollback': 'run: done',
  'godwit rollback migrations/20260101-rename-name-1a2b3c4d --to deploy': 'run: done, anew',
  'godwit status': 'run: done',
  'godwit status migrations/20260101-rename-name-1a2b3c4d --json': 'run: done',
  'godwit verify': 'run: done',
};

export function exampleSurroundings(command: string): string {
  return byCommand[command] ?? 'run: shop, anew';
}
