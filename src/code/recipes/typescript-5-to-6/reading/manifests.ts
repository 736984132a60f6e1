import * as z from 'zod';
import type { TreeView } from '../../../recipe.ts';
import { jsonOf } from '../../../text/read-data.ts';

const group = z.record(z.string(), z.string()).default({}).catch({});
const manifestSchema = z.object({
  type: z.string().optional().catch(undefined),
  dependencies: group,
  devDependencies: group,
  peerDependencies: group,
  optionalDependencies: group,
});

/** What a package.json says of its modules and of what it depends on. */
export type Manifest = { readonly type: string | undefined; readonly dependencies: Readonly<Record<string, string>> };

/** Reads the package.json of a folder; undefined where there is none, or it is no JSON. */
export async function readManifest(tree: TreeView, folder: string): Promise<Manifest | undefined> {
  const path = folder === '.' ? 'package.json' : `${folder}/package.json`;
  const text = tree.paths.includes(path) ? (await tree.read(path))?.text : undefined;
  const parsed = text === undefined ? undefined : manifestSchema.safeParse(jsonOf(text));
  if (parsed?.success !== true) return undefined;
  const { type, dependencies, devDependencies, peerDependencies, optionalDependencies } = parsed.data;
  return { type, dependencies: { ...peerDependencies, ...optionalDependencies, ...devDependencies, ...dependencies } };
}

const lockSchema = z.object({ packages: z.record(z.string(), z.unknown()) });

/** Names below `@types/` that npm put at the top of the tree; undefined without a lock file of npm. */
export async function hoistedTypes(tree: TreeView): Promise<readonly string[] | undefined> {
  if (!tree.paths.includes('package-lock.json')) return undefined;
  const parsed = lockSchema.safeParse(jsonOf((await tree.read('package-lock.json'))?.text ?? ''));
  if (!parsed.success) return undefined;
  const prefix = 'node_modules/@types/';
  return Object.keys(parsed.data.packages).flatMap((key) => {
    const name = key.startsWith(prefix) ? key.slice(prefix.length) : '';
    return name === '' || name.includes('/') ? [] : [name];
  });
}
