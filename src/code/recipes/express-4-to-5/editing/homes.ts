import { z } from 'zod';
import { jsonOf } from '../../../read-data.ts';
import type { HomePackage, TreeView } from '../../../recipe.ts';

const group = z.record(z.string(), z.string()).default({}).catch({});
const manifestSchema = z.object({
  name: z.string().optional().catch(undefined),
  type: z.enum(['module', 'commonjs']).default('commonjs').catch('commonjs'),
  dependencies: group,
  devDependencies: group,
  optionalDependencies: group,
  peerDependencies: group,
});

/** The packages of a tree by their folders; `.` is the root. What is no JSON is none. */
export async function homesIn(tree: TreeView): Promise<ReadonlyMap<string, HomePackage>> {
  const homes = new Map<string, HomePackage>();
  for (const path of tree.paths) {
    if (path !== 'package.json' && !path.endsWith('/package.json')) continue;
    const parsed = manifestSchema.safeParse(jsonOf((await tree.read(path))?.text ?? ''));
    if (!parsed.success) continue;
    const folder = path === 'package.json' ? '.' : path.slice(0, -'/package.json'.length);
    const { name, type, peerDependencies, optionalDependencies, devDependencies, dependencies } = parsed.data;
    const all = { ...peerDependencies, ...optionalDependencies, ...devDependencies, ...dependencies };
    homes.set(folder, { path: folder, name, type, dependencies: all });
  }
  return homes;
}

/** The package that a file belongs to. */
export function homeOf(path: string, homes: ReadonlyMap<string, HomePackage>): HomePackage | undefined {
  const end = path.lastIndexOf('/');
  const folder = end === -1 ? '.' : path.slice(0, end);
  return homes.get(folder) ?? (folder === '.' ? undefined : homeOf(folder, homes));
}
