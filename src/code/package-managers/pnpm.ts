import * as z from 'zod';
import type { LockedPackage, PackageManagerKind, PeerUse } from '../package-manager.ts';
import { yamlOf } from '../text/read-data.ts';

const texts = z.record(z.string(), z.string()).optional();
const direct = z.union([z.string().transform((version) => ({ version })), z.object({ version: z.string() })]);
const importerSchema = z.object({
  dependencies: z.record(z.string(), direct).optional(),
  devDependencies: z.record(z.string(), direct).optional(),
  optionalDependencies: z.record(z.string(), direct).optional(),
});
const packageSchema = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  deprecated: z.union([z.string(), z.boolean()]).optional(),
  engines: z.record(z.string(), z.unknown()).optional(),
  peerDependencies: texts,
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().default(false) })).optional(),
  dependencies: texts,
});
const lockSchema = importerSchema.extend({
  lockfileVersion: z.union([z.string(), z.number()]),
  importers: z.record(z.string(), importerSchema).optional(),
  packages: z.record(z.string(), packageSchema).default({}),
  snapshots: z.record(z.string(), z.object({ dependencies: texts }).nullable()).optional(),
});
type LockFile = z.infer<typeof lockSchema>;

/**
 * pnpm writes a package once under `packages` and, since format 9, once for every set of peers under `snapshots`, whose
 * `dependencies` name the peers that were found. Formats 5 and 6 have both in one.
 */
export const pnpm: PackageManagerKind = {
  id: 'pnpm',
  lockFiles: ['pnpm-lock.yaml'],
  readLock(text, members) {
    const parsed = lockSchema.safeParse(yamlOf(text));
    if (!parsed.success) return 'It is not YAML of the form that pnpm writes.';
    const file = parsed.data;
    const byKey = new Map(Object.entries(file.packages).map(([key, entry]) => [plainKey(key), lockedOf(key, entry)]));
    return {
      format: `lockfileVersion ${file.lockfileVersion}`,
      packages: [...byKey.values()],
      direct: new Map(members.map(({ path }) => [path, directOf(path, file, byKey)])),
      peerUses: peerUsesOf(file, byKey),
    };
  },
  install: (kind) => ({
    // Where CI is set, pnpm takes the lock file for frozen unless told otherwise. https://pnpm.io/cli/install#--frozen-lockfile
    args: ['install', flags[kind]],
    env: {},
  }),
  writersOf: (lockFormat) => writers[/^lockfileVersion (\d+)/.exec(lockFormat)?.[1] ?? ''],
  packageFor: () => 'pnpm',
};

const flags = { update: '--no-frozen-lockfile', frozen: '--frozen-lockfile', unlocked: '--no-lockfile' } as const;
/** https://github.com/pnpm/spec/tree/master/lockfile lists the formats. */
const writers: Readonly<Record<string, string>> = { '5': '<8', '6': '8', '9': '>=9' };

type ByKey = ReadonlyMap<string, LockedPackage>;

function directOf(path: string, file: LockFile, byKey: ByKey): ReadonlyMap<string, LockedPackage> {
  const importer = file.importers?.[path] ?? (path === '.' ? file : {});
  const entries = Object.entries({
    ...importer.optionalDependencies,
    ...importer.devDependencies,
    ...importer.dependencies,
  });
  return new Map(
    entries.flatMap(([name, { version }]) => {
      const found = lookUp(name, version, byKey);
      return found === undefined ? [] : [[name, found] as const];
    }),
  );
}

/** A reference is a version with its peers, or for an alias the whole key; `link:` leads into the workspace. */
function lookUp(name: string, reference: string, byKey: ByKey): LockedPackage | undefined {
  if (/^(link|file|workspace):/.test(reference)) return undefined;
  const plain = plainKey(reference);
  return byKey.get(`${name}@${plain}`) ?? byKey.get(plain) ?? { name, version: plain };
}

/** A key without peers: `/a@1.0.0(b@2.0.0)`, `/a/1.0.0_b@2.0.0` and `a@1.0.0` are all `a@1.0.0`. */
function plainKey(key: string): string {
  const withoutPeers = key.replace(/^\//, '').replace(/\(.*$/, '');
  const old = /^((?:@[^/]+\/)?[^/@]+)\/(\d[^/_]*)(?:_.*)?$/.exec(withoutPeers);
  return old === null ? withoutPeers.replace(/^(\d[^_]*)_.*$/, '$1') : `${old[1]}@${old[2]}`;
}

function lockedOf(key: string, entry: z.infer<typeof packageSchema>): LockedPackage {
  const plain = plainKey(key);
  const at = plain.lastIndexOf('@');
  const node = entry.engines?.node;
  return {
    name: entry.name ?? plain.slice(0, at),
    version: entry.version ?? plain.slice(at + 1),
    engines: typeof node === 'string' ? node : undefined,
    deprecated: typeof entry.deprecated === 'string' ? entry.deprecated : undefined,
    peers: Object.entries(entry.peerDependencies ?? {}).map(([name, range]) => ({
      name,
      range,
      isOptional: entry.peerDependenciesMeta?.[name]?.optional ?? false,
    })),
  };
}

function peerUsesOf(file: LockFile, byKey: ByKey): readonly PeerUse[] {
  const instances = Object.entries(file.snapshots ?? file.packages);
  return instances.flatMap(([key, instance]) => {
    const locked = byKey.get(plainKey(key));
    return (locked?.peers ?? []).flatMap((peer) => {
      const reference = instance?.dependencies?.[peer.name];
      const found = reference === undefined ? undefined : lookUp(peer.name, reference, byKey)?.version;
      // What is linked from the workspace has no version here, and was chosen by whoever linked it.
      const isLinked = peer.range.startsWith('workspace:') || (reference !== undefined && found === undefined);
      return isLinked ? [] : [{ ...peer, wanter: plainKey(key), found }];
    });
  });
}
