import * as z from 'zod';
import { type ConfigSource, configSource } from '../engine/config-source.ts';
import type { TreeView } from '../recipe.ts';
import { jsonOf } from '../text/read-data.ts';
import { folderPath, within } from '../text/search-text.ts';

const group = z.record(z.string(), z.string()).default({}).catch({});
const schema = z.object({
  type: z.enum(['module', 'commonjs']).default('commonjs').catch('commonjs'),
  scripts: group,
  dependencies: group,
  devDependencies: group,
  peerDependencies: group,
  optionalDependencies: group,
});
const fieldSchema = z.record(z.string(), z.unknown());
type Manifest = z.infer<typeof schema>;

/** A package of the tree that is tested with a runner. */
export type RunnerPackage = {
  readonly path: string;
  /** From the root of the tree; `.` is the root. */
  readonly folder: string;
  readonly text: string;
  readonly manifest: Manifest;
  readonly dependencies: Readonly<Record<string, string>>;
  /** Path of its configuration: a file of its own, or package.json; undefined where it has none. */
  readonly configPath: string | undefined;
  /** Undefined where there is none, or it cannot be read. */
  readonly config: ConfigSource | undefined;
  /** Files that belong to it and to no package within it. */
  readonly files: readonly string[];
};

/** How a runner is known in a package. */
export type Runner = {
  /** Its package, its program, and its field in package.json. */
  readonly name: string;
  /** Files that configure it; of several in one folder the first counts. */
  readonly configNames: readonly string[];
};

/** Packages that depend on a runner, are configured for it, or call it in a script. */
export async function runnerPackages(tree: TreeView, { name, configNames }: Runner): Promise<readonly RunnerPackage[]> {
  const manifests = tree.paths.filter((path) => path === 'package.json' || path.endsWith('/package.json'));
  const folders = manifests.map(folderPath);
  const call = new RegExp(`(^|[\\s;&|/])${name}(\\s|$)`);
  const found: RunnerPackage[] = [];
  for (const path of manifests) {
    const text = (await tree.read(path))?.text ?? '';
    const parsed = schema.safeParse(jsonOf(text));
    if (!parsed.success) continue;
    const manifest = parsed.data;
    const folder = folderPath(path);
    const { peerDependencies, optionalDependencies, devDependencies } = manifest;
    const dependencies = { ...peerDependencies, ...optionalDependencies, ...devDependencies, ...manifest.dependencies };
    const file = configNames.map((one) => within(folder, one)).find((one) => tree.paths.includes(one));
    const fields = fieldSchema.safeParse(jsonOf(text));
    const configPath = file ?? (fields.success && fields.data[name] !== undefined ? path : undefined);
    const isTested =
      configPath !== undefined ||
      name in dependencies ||
      Object.values(manifest.scripts).some((script) => call.test(script));
    if (!isTested) continue;
    const read = configPath === undefined ? undefined : await tree.read(configPath);
    const config = read === undefined ? undefined : configSource(read, name);
    const files = tree.paths.filter((one) => homeOf(one, folders) === folder);
    found.push({ path, folder, text, manifest, dependencies, configPath, config, files });
  }
  return found;
}

function homeOf(path: string, folders: readonly string[]): string | undefined {
  return folders
    .filter((folder) => folder === '.' || path.startsWith(`${folder}/`))
    .toSorted((one, other) => other.length - one.length)[0];
}
