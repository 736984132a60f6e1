import type { Lock, LockedPackage, Member, PeerUse } from '../package-manager.ts';
import { mapBounded } from '../process/bounded.ts';
import { type Packument, publishedOf, publishedPackage } from '../registry/packument.ts';
import type { Registry } from '../registry/registry.ts';
import type { Dependency, Unknown } from '../snapshot.ts';
import type { ReadFile } from '../typescript-settings.ts';
import type { Present } from './conflicts.ts';
import { installedPackage } from './installed.ts';
import { type PnpmWorkspace, resolveCatalog } from './workspaces.ts';

/** The direct dependencies of every member with all that is known of them. */
export type Dependencies = {
  /** By the path of the member. */
  readonly of: ReadonlyMap<string, readonly Dependency[]>;
  readonly present: readonly Present[];
  readonly peerUses: readonly PeerUse[];
  readonly unknown: readonly Unknown[];
};

type World = {
  readonly lock: Lock | undefined;
  readonly read: ReadFile;
  readonly registry: Registry | undefined;
  readonly pnpmWorkspace: PnpmWorkspace | undefined;
  readonly signal: AbortSignal;
};

/** A registry is asked for this many packages at a time, and for this many at all. */
const requestsAtATime = 8;
const packagesMax = 1_500;

/** Joins package.json, lock file, node_modules and registry. */
export async function readDependencies(members: readonly Member[], world: World): Promise<Dependencies> {
  const own = new Set(members.map(({ manifest }) => manifest.fields.name));
  const entries: Entry[] = [];
  for (const member of members) {
    for (const stated of member.manifest.dependencies) {
      world.signal.throwIfAborted();
      entries.push(await entryOf(member, stated, world));
    }
  }
  const wanted = [
    ...new Set(entries.filter(isPublic(own)).map(({ dependency }) => dependency.alias ?? dependency.name)),
  ].sort();
  const { packuments, unknown } = await packumentsOf(wanted, world);
  const known = entries.map((entry) => completed(entry, packuments));
  return {
    of: new Map(
      members.map(({ path }) => [
        path,
        known.filter((entry) => entry.home === path).map(({ dependency }) => dependency),
      ]),
    ),
    present: presentOf(known),
    peerUses: world.lock?.peerUses ?? directPeerUses(known, members, world.lock),
    unknown,
  };
}

type Entry = { readonly home: string; readonly dependency: Dependency; readonly package: LockedPackage | undefined };

async function entryOf({ path }: Member, stated: Dependency, world: World): Promise<Entry> {
  const declared = resolveCatalog(stated.name, stated.declared, world.pnpmWorkspace);
  const locked = world.lock?.direct.get(path)?.get(stated.name);
  const installed =
    stated.group === 'peerDependencies' ? undefined : await installedPackage(path, stated.name, world.read);
  return {
    home: path,
    dependency: {
      ...stated,
      declared,
      ...(installed === undefined ? {} : { installed: installed.version }),
      ...(locked === undefined ? {} : { locked: locked.version }),
    },
    package: merged(installed, locked),
  };
}

/** What is installed counts; only the lock knows of deprecation. */
function merged(installed: LockedPackage | undefined, locked: LockedPackage | undefined): LockedPackage | undefined {
  if (installed === undefined) return locked;
  return { ...installed, deprecated: locked?.version === installed.version ? locked.deprecated : undefined };
}

/** Only what a registry could know: no member of the workspace, no folder, no address. */
function isPublic(own: ReadonlySet<string | undefined>): (entry: Entry) => boolean {
  return ({ dependency: { name, declared, group } }) =>
    group !== 'peerDependencies' &&
    !own.has(name) &&
    !/^(workspace|file|link|portal|patch|git|github|https?|ssh):|^git\+|^[\w.-]+\/[\w.-]+(#|$)/.test(declared);
}

async function packumentsOf(names: readonly string[], { registry, signal }: World) {
  const packuments = new Map<string, Packument>();
  if (names.length === 0) return { packuments, unknown: [] };
  if (registry === undefined) {
    return {
      packuments,
      unknown: [{ what: 'newer versions and deprecations', why: 'No registry was asked (--offline).' }],
    };
  }
  const refused = new Map<string, string[]>();
  await mapBounded(names.slice(0, packagesMax), { width: requestsAtATime, signal }, async (name) => {
    const answer = await registry.packument(name);
    if (answer.kind === 'packument') packuments.set(name, answer.packument);
    else refused.set(answer.why, [...(refused.get(answer.why) ?? []), name]);
  });
  const beyond = names.length - packagesMax;
  return {
    packuments,
    unknown: [
      ...[...refused].map(([why, some]) => ({ what: `newer versions and deprecation of ${listed(some.sort())}`, why })),
      ...(beyond > 0
        ? [{ what: `newer versions of ${beyond} packages`, why: `At most ${packagesMax} are asked for.` }]
        : []),
    ],
  };
}

function listed(names: readonly string[]): string {
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
}

function completed(entry: Entry, packuments: ReadonlyMap<string, Packument>): Entry {
  const { dependency } = entry;
  const packument = packuments.get(dependency.alias ?? dependency.name);
  if (packument === undefined) return entry;
  const current = entry.package?.version;
  const declared = dependency.declared.replace(/^npm:(@[^/]+\/)?[^@]+@?/, '');
  const published = current === undefined ? undefined : publishedPackage(packument, current);
  return {
    ...entry,
    dependency: { ...dependency, registry: publishedOf(packument, { declared, current }) },
    package:
      entry.package === undefined
        ? undefined
        : { ...published, ...definedOf(entry.package), deprecated: published?.deprecated ?? entry.package.deprecated },
  };
}

/** Without the fields that a lock file is silent about, so that they do not hide what the registry knows. */
function definedOf({ name, version, engines, peers }: LockedPackage): LockedPackage {
  return { name, version, ...(engines === undefined ? {} : { engines }), ...(peers === undefined ? {} : { peers }) };
}

/** Each package once for every version and member that has it. */
function presentOf(entries: readonly Entry[]): readonly Present[] {
  const seen = new Map<string, Present>();
  for (const { home, package: found, dependency } of entries) {
    if (found === undefined || dependency.group === 'peerDependencies') continue;
    const key = `${found.name}@${found.version}`;
    const isForDevelopment = dependency.group === 'devDependencies';
    const before = seen.get(key);
    if (before === undefined || (before.isForDevelopment && !isForDevelopment)) {
      seen.set(key, { ...found, in: home, isForDevelopment });
    }
  }
  return [...seen.values()];
}

/**
 * Peers of direct dependencies, looked for among the direct dependencies of the same member and of the root; else a package
 * of which the lock file has one version alone, which lies at the top of node_modules.
 */
function directPeerUses(
  entries: readonly Entry[],
  members: readonly Member[],
  lock: Lock | undefined,
): readonly PeerUse[] {
  const versions = new Map<string, string | undefined>();
  for (const { name, version } of lock?.packages ?? []) versions.set(name, versions.has(name) ? undefined : version);
  const own = new Map(members.map(({ manifest }) => [manifest.fields.name, manifest.fields.version]));
  const versionIn = (home: string, name: string): string | undefined => {
    const near = entries.find(
      (entry) => entry.home === home && entry.dependency.name === name && entry.package !== undefined,
    );
    const far = entries.find(
      (entry) => entry.home === '.' && entry.dependency.name === name && entry.package !== undefined,
    );
    return near?.package?.version ?? far?.package?.version ?? own.get(name) ?? versions.get(name);
  };
  return entries.flatMap(({ home, dependency, package: wanter }) =>
    wanter === undefined || dependency.group === 'peerDependencies'
      ? []
      : (wanter.peers ?? []).map((peer) => ({
          ...peer,
          wanter: `${wanter.name}@${wanter.version}`,
          found: versionIn(home, peer.name),
        })),
  );
}
