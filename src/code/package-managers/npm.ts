import * as z from 'zod';
import type { Lock, LockedPackage, Member, PackageManagerKind, PeerUse } from '../package-manager.ts';
import { jsonOf } from '../text/read-data.ts';
import { moduleFolders, modulePlace } from '../workspace/module-places.ts';

const texts = z.record(z.string(), z.string()).default({}).catch({});
const entrySchema = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().default(false),
  deprecated: z.string().optional().catch(undefined),
  engines: z.record(z.string(), z.unknown()).optional().catch(undefined),
  peerDependencies: texts,
  peerDependenciesMeta: z
    .record(z.string(), z.object({ optional: z.boolean().default(false) }))
    .default({})
    .catch({}),
});
type Entry = z.infer<typeof entrySchema>;
const oldEntrySchema = z.object({ version: z.string() });
const lockSchema = z.object({
  lockfileVersion: z.number().default(1),
  packages: z.record(z.string(), entrySchema).optional(),
  dependencies: z.record(z.string(), oldEntrySchema).default({}).catch({}),
});

/**
 * The lock of npm 7 and newer has every package by its place in node_modules, so that who gets what is known exactly; that
 * of npm 5 and 6 (`lockfileVersion: 1`) only versions. https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json
 */
export const npm: PackageManagerKind = {
  id: 'npm',
  lockFiles: ['npm-shrinkwrap.json', 'package-lock.json'],
  readLock(text, members) {
    const parsed = lockSchema.safeParse(jsonOf(text));
    if (!parsed.success) return 'It is not JSON of the form that npm writes.';
    const { lockfileVersion, packages, dependencies } = parsed.data;
    const format = `lockfileVersion ${lockfileVersion}`;
    return packages === undefined ? readOld(format, dependencies, members) : readPlaces(format, packages, members);
  },
  install: (kind) => ({
    args: [
      kind === 'frozen' ? 'ci' : 'install',
      ...(kind === 'unlocked' ? ['--no-package-lock'] : []),
      '--no-audit',
      '--no-fund',
    ],
    env: {},
  }),
  // Every npm since 7 keeps the formats 2 and 3; the format 1 of npm 6 becomes 3, which old ones do not read.
  writersOf: () => undefined,
  packageFor: () => 'npm',
};

function readOld(
  format: string,
  tops: Readonly<Record<string, { readonly version: string }>>,
  members: readonly Member[],
): Lock {
  const all = Object.entries(tops).map(([name, { version }]): LockedPackage => ({ name, version }));
  const byName = new Map(all.map((entry) => [entry.name, entry]));
  return { format, packages: all, direct: new Map(members.map(({ path }) => [path, byName])) };
}

type Places = Readonly<Record<string, Entry>>;

function readPlaces(format: string, places: Places, members: readonly Member[]): Lock {
  const installed = Object.entries(places).filter(([at, { link }]) => at.includes('node_modules/') && !link);
  return {
    format,
    packages: installed.map(([at, entry]) => lockedOf(at, entry)),
    direct: new Map(members.map((member) => [member.path, directOf(member, places)])),
    peerUses: installed.flatMap(([at, entry]) => peerUsesOf(at, entry, places)),
  };
}

function directOf({ path, manifest }: Member, places: Places): ReadonlyMap<string, LockedPackage> {
  const names = new Set(manifest.dependencies.map(({ name }) => name));
  const found = new Map<string, LockedPackage>();
  for (const name of names) {
    const hit = lookUp(path === '.' ? '' : path, name, places);
    if (hit !== undefined) found.set(name, lockedOf(hit.at, hit.entry));
  }
  return found;
}

function peerUsesOf(at: string, entry: Entry, places: Places): readonly PeerUse[] {
  const wanter = `${nameAt(at, entry)}@${entry.version ?? '?'}`;
  return Object.entries(entry.peerDependencies).map(([name, range]) => ({
    wanter,
    name,
    range,
    isOptional: entry.peerDependenciesMeta[name]?.optional ?? false,
    found: lookUp(parentOf(at), name, places)?.entry.version,
  }));
}

/** A peer is looked for where the package lies, and not inside it. */
function parentOf(at: string): string {
  const cut = at.lastIndexOf('node_modules/');
  return at.slice(0, cut).replace(/\/$/, '');
}

function lookUp(
  from: string,
  name: string,
  places: Places,
): { readonly at: string; readonly entry: Entry } | undefined {
  for (const folder of moduleFolders(from)) {
    const at = modulePlace(folder, name);
    const entry = places[at];
    if (entry === undefined) continue;
    const target = entry.link ? places[entry.resolved ?? ''] : entry;
    return target === undefined ? undefined : { at, entry: target };
  }
  return undefined;
}

function lockedOf(at: string, entry: Entry): LockedPackage {
  const node = entry.engines?.node;
  return {
    name: nameAt(at, entry),
    version: entry.version ?? '?',
    engines: typeof node === 'string' ? node : undefined,
    deprecated: entry.deprecated,
    peers: Object.entries(entry.peerDependencies).map(([name, range]) => ({
      name,
      range,
      isOptional: entry.peerDependenciesMeta[name]?.optional ?? false,
    })),
  };
}

function nameAt(at: string, entry: Entry): string {
  return entry.name ?? at.slice(at.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
