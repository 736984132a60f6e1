import { type CodeUses, findCodeUses } from '#code/column-uses/find-code-uses';
import { runProcess } from '#code/process/run-process';
import { openRepository } from '#code/repository/repository';
import type { NamedChange } from '#core/named-change';
import { postgres } from '#db/drivers/postgres/index';
import type { CatalogRelation } from '#db/place-request';
import { gitEnv, makeGitTree } from './git-tree.ts';

export const users = { schema: 'public', name: 'users' };
/** The change that most tests look for. */
export const rename: NamedChange = { kind: 'rename-column', table: users, column: 'name', to: 'full_name' };
const catalog: readonly CatalogRelation[] = [
  { ...users, columns: ['id', 'name', 'email', 'first_name'], after: [] },
  { schema: 'public', name: 'orders', columns: ['id', 'user_id', 'total'], after: [] },
  { schema: 'public', name: 'products', columns: ['id', 'name'], after: [] },
];
const signal = new AbortController().signal;

/** Looks at files in a repository of their own. */
export async function look(
  files: Readonly<Record<string, string>>,
  changes: readonly NamedChange[] = [rename],
  below: readonly string[] = [''],
): Promise<CodeUses> {
  const tree = await makeGitTree(files);
  try {
    const place = { root: tree.root, env: gitEnv, run: runProcess, signal };
    const repository = await openRepository(place, 'plans');
    const request = { changes, catalog, searchPath: ['public'] };
    const readNames = (text: string, unrepeatable: ReadonlySet<number>) =>
      postgres.namePlaces(text, { ...request, unrepeatable });
    return await findCodeUses({ repository, below, changes, readNames, signal });
  } finally {
    await tree.remove();
  }
}

/** One file, with packages declared: what is said of it, and what becomes of it. */
export async function lookAt(
  text: string,
  {
    needs = [],
    path = 'src/a.ts',
    changes = [rename],
  }: { readonly needs?: readonly string[]; readonly path?: string; readonly changes?: readonly NamedChange[] } = {},
) {
  const manifest = JSON.stringify({ dependencies: Object.fromEntries(needs.map((name) => [name, '1'])) });
  const found = await look({ 'package.json': manifest, [path]: text }, changes);
  const edited = found.edited.find((one) => one.path === path);
  return {
    said: found.uses.map(
      ({ kind, doubt, start, end }) => `${kind}${doubt === undefined ? '' : '?'} ${text.slice(start, end)}`,
    ),
    first: edited?.first ?? text,
    final: edited?.final ?? text,
  };
}
