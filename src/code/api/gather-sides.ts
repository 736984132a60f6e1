import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Unknown } from '../snapshot.ts';
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

/** Fetches what is needed of both sides: of the old one only what is not installed at that version. */
export async function gatherSides(request: GatherRequest, access: PackageAccess): Promise<Sides> {
  const { root, groups } = request;
  const store = packageStore(root);
  const installed = new Map<string, string>();
  for (const group of groups) {
    const folder = await installedFolder(request, group.members);
    if (folder !== undefined) installed.set(group.name, folder);
  }
  const missing = groups.filter(({ name }) => !installed.has(name));
  const old = missing.flatMap(({ members }) => wanted(members, 'old', request));
  const unknown = [
    ...(await fetchSide({ side: 'old', packages: old, preferred: rangesOf(missing, 'old') }, { store, access })),
    ...(await fetchSide(
      {
        side: 'new',
        packages: groups.flatMap(({ members }) => wanted(members, 'new', request)),
        preferred: rangesOf(groups, 'new'),
      },
      { store, access },
    )),
  ];
  return {
    store,
    anchors: { old: anchorsOf(store, missing, 'old'), new: anchorsOf(store, groups, 'new') },
    folderOf: (side, name) => (side === 'old' ? (installed.get(name) ?? store.home('old')) : store.home('new')),
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

/** Where nothing was fetched under a name, the tree's own is left in its place. */
function anchorsOf(store: PackageStore, groups: readonly UpgradeGroup[], side: SideName): ReadonlyMap<string, string> {
  const anchor = `${store.home(side)}/anchor.ts`;
  return new Map(
    groups.flatMap(({ name }) =>
      [name, companionOf(name)].flatMap((candidate): readonly (readonly [string, string])[] => {
        const isThere = store.get(side, name) !== undefined || store.get(side, companionOf(name)) !== undefined;
        return isThere ? [[candidate, anchor]] : [];
      }),
    ),
  );
}

/** The folder from which all members of a group are found installed at their old versions. */
async function installedFolder(
  { root, folders }: GatherRequest,
  members: readonly Upgrade[],
): Promise<string | undefined> {
  for (const folder of folders) {
    const found = await Promise.all(members.map(({ name }) => manifestFrom(join(root, folder), name, root)));
    if (found.every((manifest, index) => manifest?.version === members[index]?.from))
      return join(root, folder).replaceAll('\\', '/');
  }
  return undefined;
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
