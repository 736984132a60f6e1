import * as z from 'zod';
import type { TreeView } from '../../../recipe.ts';
import { dependencyGroups } from '../../../snapshot.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';

const texts = z.record(z.string(), z.string()).default({}).catch({});
const manifestSchema = z.object({
  name: z.string().optional(),
  packageManager: z.string().optional(),
  devEngines: z.unknown().optional(),
  workspaces: z.unknown().optional(),
  overrides: z.record(z.string(), z.unknown()).default({}),
  scripts: texts,
  dependencies: texts,
  devDependencies: texts,
  optionalDependencies: texts,
  peerDependencies: texts,
});
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      name: z.string().optional(),
      version: z.string().optional(),
      link: z.boolean().default(false),
      dev: z.boolean().default(false),
      hasInstallScript: z.boolean().default(false),
      bin: z.record(z.string(), z.string()).default({}).catch({}),
    }),
  ),
});

/** A package of a tree that npm installs. */
export type NpmPackage = {
  /** From the root; `.` is the root itself. */
  readonly folder: string;
  readonly path: string;
  readonly text: string;
  readonly manifest: Readonly<z.infer<typeof manifestSchema>>;
};

/** A tree that npm installs by a lock file. */
export type NpmTree = {
  readonly root: NpmPackage;
  /** The root first. */
  readonly packages: readonly NpmPackage[];
  readonly locked: Readonly<z.infer<typeof lockSchema>['packages']>;
  readonly workspaces: readonly string[];
  /** Lines of its .npmrc: key and value. */
  readonly settings: ReadonlyMap<string, string>;
};

/** Reads it; undefined where npm does not install this tree. Throws in a sentence where it cannot go to pnpm as a whole. */
export async function npmTree(tree: TreeView): Promise<NpmTree | undefined> {
  const root = await packageAt(tree, '.');
  const has = (path: string): boolean => tree.paths.includes(path);
  if (root === undefined || !(root.manifest.packageManager ?? 'npm').startsWith('npm')) return undefined;
  if (has('npm-shrinkwrap.json'))
    throw new Error('npm-shrinkwrap.json is published with the package, and pnpm has none.');
  if (!has('package-lock.json')) return undefined;
  if (has('pnpm-lock.yaml') || has('pnpm-workspace.yaml') || has('yarn.lock'))
    throw new Error('Files of two package managers are there; remove those that are not used.');
  if (root.manifest.devEngines !== undefined)
    throw new Error(
      '`devEngines` of package.json is not taken over; write what it says of npm for pnpm, or remove it.',
    );
  const lock = lockSchema.safeParse(jsonOf((await tree.read('package-lock.json'))?.text ?? ''));
  if (!lock.success)
    throw new Error(
      'package-lock.json is not of version 2 or 3. `npm install --package-lock-only` with npm 7 or newer writes it so.',
    );
  const members = Object.keys(lock.data.packages).filter((at) => at !== '' && !at.includes('node_modules/'));
  const packages = await Promise.all(members.map((folder) => packageAt(tree, folder)));
  return {
    root,
    packages: [root, ...packages.filter((one) => one !== undefined)],
    locked: lock.data.packages,
    workspaces: workspacesOf(root.manifest.workspaces),
    settings: settingsOf((await tree.read('.npmrc'))?.text ?? ''),
  };
}

async function packageAt(tree: TreeView, folder: string): Promise<NpmPackage | undefined> {
  const path = folder === '.' ? 'package.json' : `${folder}/package.json`;
  const text = (await tree.read(path))?.text;
  const parsed = manifestSchema.safeParse(text === undefined ? undefined : jsonOf(text));
  return text === undefined || !parsed.success ? undefined : { folder, path, text, manifest: parsed.data };
}

function workspacesOf(value: unknown): readonly string[] {
  const list = isRecord(value) ? value.packages : value;
  return z.array(z.string()).catch([]).parse(list);
}

function settingsOf(text: string): ReadonlyMap<string, string> {
  const lines = [...text.matchAll(/^[ \t]*([^#;=\s][^=\r\n]*?)[ \t]*=[ \t]*([^\r\n]*?)[ \t]*\r?$/gm)];
  return new Map(lines.map(([, key = '', value = '']) => [key, value]));
}

/** Programs of the packages that a package of the tree declares, as pnpm links them there and from the root. */
export function programsOf({ manifest }: NpmPackage, { root, locked }: NpmTree): ReadonlySet<string> {
  const declared = [manifest, root.manifest].flatMap((one) =>
    dependencyGroups.flatMap((group) => Object.keys(one[group])),
  );
  return new Set(declared.flatMap((name) => Object.keys(locked[`node_modules/${name}`]?.bin ?? {})));
}
