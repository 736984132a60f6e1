import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Unknown } from '../snapshot.ts';
import ts from '../typescript.cts';
import { parseManifest } from '../workspace/manifest.ts';
import type { PackageAccess } from './fetch-package.ts';
import { fetchSide, type WantedPackage } from './fetch-side.ts';
import { companionOf, describedBy } from './package-name.ts';
import { type PackageStore, packageStore, type SideName } from './package-store.ts';
import { type PublishedManifest, parsePublishedManifest } from './published-manifest.ts';
import type { Upgrade, UpgradeGroup } from './upgrade-groups.ts';

/** Both versions of every package, and where a compiler finds them. */
export type Sides = {
  readonly store: PackageStore;
  /** Package → file from whose folder it is looked for; what is installed at the old version is found as the tree finds it. */
  readonly anchors: Readonly<Record<SideName, ReadonlyMap<string, string>>>;
  /** Package → folder from which its surface is read. */
  folderOf(side: SideName, name: string): string;
  /** Whether a version of a package, or of its companion, is there to be compared. */
  has(side: SideName, group: UpgradeGroup): boolean;
  /** package.json of a version; undefined where it could not be had. */
  manifestOf(side: SideName, name: string): PublishedManifest | undefined;
  readonly unknown: readonly Unknown[];
};

export type GatherRequest = {
  readonly root: string;
  /** Folders whose node_modules may hold the old versions, by path from the root; the root is among them. */
  readonly folders: readonly string[];
  readonly groups: readonly UpgradeGroup[];
  /** Subpaths that the tree imports, by package. */
  readonly subpaths: ReadonlyMap<string, readonly string[]>;
};

/** Fetches what is needed of both sides: of the old one only what is not installed, with its types, at that version. */
export async function gatherSides(request: GatherRequest, access: PackageAccess): Promise<Sides> {
  const { root, groups } = request;
  const store = packageStore(root);
  const installed = new Map<string, Installed>();
  for (const group of groups) {
    const found = await installedGroup(request, group);
    if (found !== undefined) installed.set(group.name, found);
  }
  const missing = groups.filter(({ name }) => installed.get(name)?.isTyped !== true);
  const unknown: Unknown[] = [];
  for (const [side, list] of [
    ['old', missing],
    ['new', groups],
  ] as const) {
    const packages = list.flatMap(({ members }) => wanted(members, side, request));
    unknown.push(...(await fetchSide({ side, packages, preferred: rangesOf(list, side) }, { store, access })));
  }
  const isMissing = (name: string): boolean => missing.some((group) => group.name === name);
  const following = await followingNames(request, store);
  return {
    store,
    anchors: {
      old: anchorsOf(
        store,
        missing.map(({ name }) => name),
        'old',
      ),
      new: anchorsOf(store, [...groups.map(({ name }) => name), ...following], 'new'),
    },
    folderOf: (side, name) =>
      side === 'new' || isMissing(name) ? store.home(side) : (installed.get(name)?.folder ?? root),
    has: (side, { name, members }) =>
      members.some((member) => store.get(side, member.name) !== undefined) || (side === 'old' && installed.has(name)),
    manifestOf: (side, name) =>
      side === 'old'
        ? (installed.get(name)?.manifest ?? store.get(side, name)?.manifest)
        : store.get(side, name)?.manifest,
    unknown,
  };
}

function wanted(members: readonly Upgrade[], side: SideName, { subpaths }: GatherRequest): readonly WantedPackage[] {
  return members.map(({ name, from, to }) => ({
    name,
    range: side === 'old' ? from : to,
    subpaths: subpaths.get(describedBy(name)) ?? [],
  }));
}

function rangesOf(groups: readonly UpgradeGroup[], side: SideName): ReadonlyMap<string, string> {
  return new Map(
    groups.flatMap(({ members }) => members.map(({ name, from, to }) => [name, side === 'old' ? from : to])),
  );
}

/**
 * What the upgraded packages bring at another version than is installed, and the tree's own package.json files do not name:
 * an installation puts it in the old one's place, for the tree's own files too (`declare module 'express-serve-static-core'`).
 */
async function followingNames({ root, folders }: GatherRequest, store: PackageStore): Promise<readonly string[]> {
  const declared = new Set<string>();
  for (const folder of folders) {
    const path = join(root, folder, 'package.json');
    const parsed = parseManifest(path, await readFile(path, 'utf8').catch(() => ''));
    if (parsed.kind === 'manifest') for (const { name } of parsed.manifest.dependencies) declared.add(name);
  }
  const names: string[] = [];
  for (const { name } of store.packages('new')) {
    const isInstalled = !declared.has(name) && (await manifestFrom(root, name, root)) !== undefined;
    if (isInstalled) names.push(describedBy(name));
  }
  return names;
}

/** Where nothing was fetched under a name, the tree's own is left in its place. */
function anchorsOf(store: PackageStore, names: readonly string[], side: SideName): ReadonlyMap<string, string> {
  const anchor = `${store.home(side)}/anchor.ts`;
  return new Map(
    names.flatMap((name) =>
      [name, companionOf(name)].flatMap((candidate): readonly (readonly [string, string])[] => {
        const isThere = store.get(side, name) !== undefined || store.get(side, companionOf(name)) !== undefined;
        return isThere ? [[candidate, anchor]] : [];
      }),
    ),
  );
}

type Installed = {
  readonly folder: string;
  readonly manifest: PublishedManifest | undefined;
  readonly isTyped: boolean;
};

/** Where all members of a group are installed at their old versions. */
async function installedGroup(
  { root, folders }: GatherRequest,
  { name, members }: UpgradeGroup,
): Promise<Installed | undefined> {
  for (const path of folders) {
    const folder = join(root, path).replaceAll('\\', '/').replace(/\/$/, '');
    const found = await Promise.all(members.map((member) => manifestFrom(folder, member.name, root)));
    if (!found.every((manifest, index) => manifest?.version === members[index]?.from)) continue;
    const manifest = found.find((candidate) => candidate?.name === name);
    return { folder, manifest, isTyped: isTyped(name, folder) };
  }
  return undefined;
}

/** Whether the compiler finds types of a package, its own or a companion's. */
function isTyped(name: string, folder: string): boolean {
  const options = { module: ts.ModuleKind.Preserve, moduleResolution: ts.ModuleResolutionKind.Bundler };
  const { resolvedModule } = ts.resolveModuleName(name, `${folder}/probe.ts`, options, ts.sys);
  return resolvedModule !== undefined && /\.[cm]?tsx?$/.test(resolvedModule.resolvedFileName);
}

async function manifestFrom(folder: string, name: string, root: string): Promise<PublishedManifest | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    try {
      return parsePublishedManifest(await readFile(join(at, 'node_modules', name, 'package.json'), 'utf8'));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')))
        throw error;
    }
    if (at === root || dirname(at) === at) return undefined;
  }
}
