import * as z from 'zod';
import type { TreeView } from '../../../recipe.ts';
import { jsonOf } from '../../../text/read-data.ts';
import { folderPath } from '../../../text/search-text.ts';
import { isWithin } from '../writing/globs.ts';

const group = z.record(z.string(), z.string()).default({}).catch({});
const schema = z.object({
  type: z.enum(['module', 'commonjs']).default('commonjs').catch('commonjs'),
  scripts: group,
  dependencies: group,
  devDependencies: group,
  peerDependencies: group,
  optionalDependencies: group,
  eslintIgnore: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .default([])
    .catch([]),
});

/** A package of the tree, as far as linting is concerned. */
export type Manifest = z.infer<typeof schema> & { readonly path: string; readonly folder: string };

/** The packages of a tree, by path. What is no JSON is none. */
export async function manifestsIn(tree: TreeView): Promise<readonly Manifest[]> {
  const all: Manifest[] = [];
  for (const path of tree.paths) {
    if (path !== 'package.json' && !path.endsWith('/package.json')) continue;
    const parsed = schema.safeParse(jsonOf((await tree.read(path))?.text ?? ''));
    if (parsed.success) all.push({ ...parsed.data, path, folder: folderPath(path) });
  }
  return all;
}

/** The package that a folder belongs to. */
export function manifestOf(folder: string, manifests: readonly Manifest[]): Manifest | undefined {
  return manifests
    .filter((one) => one.folder === folder || isWithin(folder, one.folder))
    .toSorted((one, other) => other.folder.length - one.folder.length)[0];
}

/** Everything that a package depends on, in any group: name → range. */
export function dependenciesOf(manifest: Manifest | undefined): Readonly<Record<string, string>> {
  if (manifest === undefined) return {};
  const { peerDependencies, optionalDependencies, devDependencies, dependencies } = manifest;
  return { ...peerDependencies, ...optionalDependencies, ...devDependencies, ...dependencies };
}
