import { parse } from 'yaml';
import * as z from 'zod';
import type { TreeView } from '../../../recipe.ts';
import { isRecord, jsonOf, yamlOf } from '../../../text/read-data.ts';
import { type PnpmWorkspace, parsePnpmWorkspace } from '../../../workspace/workspaces.ts';

const texts = z.record(z.string(), z.string()).default({}).catch({});
const manifestSchema = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  packageManager: z.string().optional(),
  devEngines: z.unknown().optional(),
  pnpm: z.record(z.string(), z.unknown()).default({}),
  resolutions: texts,
  dependenciesMeta: z.record(z.string(), z.object({ injected: z.boolean().optional() })).default({}),
  scripts: texts,
  dependencies: texts,
  devDependencies: texts,
  optionalDependencies: texts,
  peerDependencies: texts,
});
const lockSchema = z.object({
  importers: z.record(z.string(), z.unknown()),
  settings: z.object({ autoInstallPeers: z.boolean().optional() }).optional(),
});

/** A package of a tree that pnpm installs. */
export type PnpmPackage = {
  /** From the root; `.` is the root itself. */
  readonly folder: string;
  readonly path: string;
  readonly text: string;
  readonly manifest: Readonly<z.infer<typeof manifestSchema>>;
};

/** A tree that pnpm installs by a lock file. */
export type PnpmTree = {
  readonly root: PnpmPackage;
  /** The root first. */
  readonly packages: readonly PnpmPackage[];
  readonly workspace: PnpmWorkspace | undefined;
  /** What pnpm-workspace.yaml and the field `pnpm` of package.json say, the file over the field. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly installsPeers: boolean;
};

/** What changes the packages themselves, and npm has no form for. */
const refused: Readonly<Record<string, string>> = {
  patchedDependencies: 'npm patches no packages; take the patches out, or make them with patch-package, first.',
  packageExtensions:
    'npm cannot add to what a package declares; have the packages mended, or declare what they miss, first.',
  configDependencies: 'npm has no dependencies of the configuration.',
  injectWorkspacePackages: 'npm links packages of the workspace and never copies them.',
};

/** Reads it; undefined where pnpm does not install this tree. Throws in a sentence where it cannot go to npm as a whole. */
export async function pnpmTree(tree: TreeView): Promise<PnpmTree | undefined> {
  const has = (path: string): boolean => tree.paths.includes(path);
  const root = await packageAt(tree, '.');
  if (root === undefined || !has('pnpm-lock.yaml')) return undefined;
  if (has('package-lock.json') || has('npm-shrinkwrap.json') || has('yarn.lock'))
    throw new Error('Files of two package managers are there; remove those that are not used.');
  const lock = lockSchema.safeParse(yamlOf((await tree.read('pnpm-lock.yaml'))?.text ?? ''));
  if (!lock.success)
    throw new Error(
      'pnpm-lock.yaml is not of format 9. `pnpm install --lockfile-only` with pnpm 9 or 10 writes it so.',
    );
  const hook = ['.pnpmfile.cjs', '.pnpmfile.mjs', 'pnpmfile.js'].find(has);
  if (hook !== undefined)
    throw new Error(`${hook} changes what packages declare while pnpm installs; npm has no such hook.`);
  const text = (await tree.read('pnpm-workspace.yaml'))?.text;
  const workspace = text === undefined ? undefined : parsePnpmWorkspace(text);
  if (text !== undefined && workspace === undefined) throw new Error('pnpm-workspace.yaml cannot be read.');
  const found = await Promise.all(Object.keys(lock.data.importers).map((folder) => packageAt(tree, folder)));
  const packages = [root, ...found.filter((one) => one !== undefined && one.folder !== '.')].filter(
    (one) => one !== undefined,
  );
  const own = text === undefined ? {} : parse(text);
  const settings = { ...root.manifest.pnpm, ...(isRecord(own) ? own : {}) };
  for (const [name, why] of Object.entries(refused))
    if (isSet(settings[name])) throw new Error(`\`${name}\` is set for pnpm: ${why}`);
  const injected = packages.find(({ manifest }) =>
    Object.values(manifest.dependenciesMeta).some((one) => one.injected === true),
  );
  if (injected !== undefined)
    throw new Error(`${injected.path} has injected dependencies, and npm only links what is in the workspace.`);
  if (root.manifest.devEngines !== undefined)
    throw new Error(
      '`devEngines` of package.json is not taken over; write what it says of pnpm for npm, or remove it.',
    );
  const installsPeers = (lock.data.settings?.autoInstallPeers ?? true) && settings.autoInstallPeers !== false;
  return { root, packages, workspace, settings, installsPeers };
}

function isSet(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

async function packageAt(tree: TreeView, folder: string): Promise<PnpmPackage | undefined> {
  const path = folder === '.' ? 'package.json' : `${folder}/package.json`;
  const text = (await tree.read(path))?.text;
  const parsed = manifestSchema.safeParse(text === undefined ? undefined : jsonOf(text));
  return text === undefined || !parsed.success ? undefined : { folder, path, text, manifest: parsed.data };
}
