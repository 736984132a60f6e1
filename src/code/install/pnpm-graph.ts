import { posix } from 'node:path';
import * as z from 'zod';
import { yamlOf } from '../text/read-data.ts';

const texts = z.record(z.string(), z.string()).default({});
const direct = z.record(z.string(), z.object({ version: z.string() })).default({});
const importerSchema = z.object({ dependencies: direct, devDependencies: direct, optionalDependencies: direct });
const lockSchema = z.object({
  lockfileVersion: z.union([z.string(), z.number()]),
  settings: z.object({ autoInstallPeers: z.boolean().default(true) }).default({ autoInstallPeers: true }),
  importers: z.record(z.string(), importerSchema),
  packages: z
    .record(
      z.string(),
      z.object({
        resolution: z.object({ integrity: z.string().optional(), tarball: z.string().optional() }),
        peerDependencies: texts,
      }),
    )
    .default({}),
  snapshots: z.record(z.string(), z.object({ dependencies: texts, optionalDependencies: texts })).default({}),
});
type Importer = z.infer<typeof importerSchema>;

/** A package with the peers that it was given; in the workspace, `folder` is where it lies. */
export type PnpmPackage = {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
  /** Its address, where it is not the one that the registry has for the version. */
  readonly tarball: string | undefined;
  /** Name by which it is imported → key of what it gets. */
  readonly dependencies: ReadonlyMap<string, string>;
  /** Those of its dependencies that whoever uses it brings. */
  readonly peers: ReadonlySet<string>;
};

/** What a pnpm-lock.yaml says of who gets what. A key is that of a package with its peers, or `link:FOLDER`. */
export type PnpmGraph = {
  /** Folder of a package of the workspace → what it declares; the root is ``. */
  readonly importers: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly packages: ReadonlyMap<string, PnpmPackage>;
};

/** Reads pnpm-lock.yaml of format 9. A string says why it cannot go to npm. Pure. */
export function pnpmGraph(text: string): PnpmGraph | string {
  const parsed = lockSchema.safeParse(yamlOf(text));
  if (!parsed.success || !/^9\b/.test(String(parsed.data.lockfileVersion)))
    return 'pnpm-lock.yaml is not of format 9. `pnpm install --lockfile-only` with pnpm 9 or 10 writes it so.';
  const { importers, packages, snapshots } = parsed.data;
  const found = new Map<string, PnpmPackage>();
  const keyOf = (name: string, reference: string): string =>
    `${name}@${reference}` in snapshots ? `${name}@${reference}` : reference;
  for (const [key, { dependencies, optionalDependencies }] of Object.entries(snapshots)) {
    const plain = key.replace(/\(.*$/, '');
    const at = plain.lastIndexOf('@');
    const { resolution, peerDependencies } = packages[plain] ?? { resolution: {}, peerDependencies: {} };
    const [name, version] = [plain.slice(0, at), plain.slice(at + 1)];
    if (!/^\d/.test(version) || resolution.integrity === undefined)
      return `${plain} comes from no registry (git, a tarball, a folder), and such places are not taken over.`;
    found.set(key, {
      name,
      version,
      integrity: resolution.integrity,
      tarball: resolution.tarball,
      dependencies: new Map(
        Object.entries({ ...optionalDependencies, ...dependencies }).map(([wanted, reference]) => [
          wanted,
          keyOf(wanted, reference),
        ]),
      ),
      peers: new Set(Object.keys(peerDependencies)),
    });
  }
  return {
    importers: new Map(
      Object.entries(importers).map(([path, importer]) => {
        const folder = path === '.' ? '' : path;
        return [folder, directOf(importer, folder, keyOf)];
      }),
    ),
    packages: found,
  };
}

function directOf(
  { dependencies, devDependencies, optionalDependencies }: Importer,
  folder: string,
  keyOf: (name: string, reference: string) => string,
): ReadonlyMap<string, string> {
  const all = Object.entries({ ...optionalDependencies, ...devDependencies, ...dependencies });
  return new Map(
    all.map(([name, { version }]) => [
      name,
      version.startsWith('link:') ? `link:${posix.join(folder, version.slice(5))}` : keyOf(name, version),
    ]),
  );
}
