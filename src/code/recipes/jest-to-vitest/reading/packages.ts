import * as z from 'zod';
import { type ConfigSource, configSource } from '../../../engine/config-source.ts';
import { jsonOf } from '../../../read-data.ts';
import type { TreeView } from '../../../recipe.ts';
import { folderPath } from '../../../search-text.ts';

const group = z.record(z.string(), z.string()).default({}).catch({});
const schema = z.object({
  type: z.enum(['module', 'commonjs']).default('commonjs').catch('commonjs'),
  scripts: group,
  dependencies: group,
  devDependencies: group,
  peerDependencies: group,
  optionalDependencies: group,
  jest: z.unknown().optional(),
});
type Manifest = z.infer<typeof schema>;

/** A package of the tree that is tested with Jest. */
export type JestPackage = {
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

const names = [
  'jest.config.js',
  'jest.config.ts',
  'jest.config.mjs',
  'jest.config.cjs',
  'jest.config.mts',
  'jest.config.cts',
  'jest.config.json',
];

/** Packages that depend on Jest, are configured for it, or call it in a script. */
export async function jestPackages(tree: TreeView): Promise<readonly JestPackage[]> {
  const manifests = tree.paths.filter((path) => path === 'package.json' || path.endsWith('/package.json'));
  const folders = manifests.map(folderPath);
  const found: JestPackage[] = [];
  for (const path of manifests) {
    const text = (await tree.read(path))?.text ?? '';
    const parsed = schema.safeParse(jsonOf(text));
    if (!parsed.success) continue;
    const manifest = parsed.data;
    const folder = folderPath(path);
    const { peerDependencies, optionalDependencies, devDependencies } = manifest;
    const dependencies = { ...peerDependencies, ...optionalDependencies, ...devDependencies, ...manifest.dependencies };
    const file = names.map((name) => within(folder, name)).find((one) => tree.paths.includes(one));
    const configPath = file ?? (manifest.jest === undefined ? undefined : path);
    const isJest =
      configPath !== undefined || 'jest' in dependencies || Object.values(manifest.scripts).some(callsJest);
    if (!isJest) continue;
    const read = configPath === undefined ? undefined : await tree.read(configPath);
    const config = read === undefined ? undefined : configSource(read, 'jest');
    const files = tree.paths.filter((one) => homeOf(one, folders) === folder);
    found.push({ path, folder, text, manifest, dependencies, configPath, config, files });
  }
  return found;
}

function callsJest(script: string): boolean {
  return /(^|[\s;&|/])jest(\s|$)/.test(script);
}

/** A path in a folder, from the root. */
export function within(folder: string, name: string): string {
  return folder === '.' ? name : `${folder}/${name}`;
}

function homeOf(path: string, folders: readonly string[]): string | undefined {
  return folders
    .filter((folder) => folder === '.' || path.startsWith(`${folder}/`))
    .toSorted((one, other) => other.length - one.length)[0];
}
