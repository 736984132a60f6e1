import semver from 'semver';
import * as z from 'zod';
import type { LockedPackage } from '../package-manager.ts';
import type { Published } from '../snapshot.ts';

const texts = z.record(z.string(), z.string()).default({}).catch({});
const versionSchema = z.object({
  deprecated: z.union([z.string(), z.boolean()]).optional().catch(undefined),
  engines: z.record(z.string(), z.unknown()).optional().catch(undefined),
  dependencies: texts,
  optionalDependencies: texts,
  peerDependencies: texts,
  peerDependenciesMeta: z
    .record(z.string(), z.object({ optional: z.boolean().default(false) }))
    .default({})
    .catch({}),
});

/** What a registry knows of a package, as far as godwit reads it: full or abbreviated. */
export const packumentSchema = z.object({
  name: z.string(),
  'dist-tags': texts,
  versions: z.record(z.string(), versionSchema),
  /** When each version was published, ISO 8601; only a full document has it. */
  time: z.record(z.string(), z.string()).optional().catch(undefined),
});
export type Packument = Readonly<z.infer<typeof packumentSchema>>;

/** One version as the registry describes it; undefined where it was never published or is gone. */
export function publishedPackage(packument: Packument, version: string): LockedPackage | undefined {
  const entry = packument.versions[version];
  if (entry === undefined) return undefined;
  const node = entry.engines?.node;
  return {
    name: packument.name,
    version,
    engines: typeof node === 'string' ? node : undefined,
    deprecated: deprecationOf(entry),
    peers: Object.entries(entry.peerDependencies).map(([name, range]) => ({
      name,
      range,
      isOptional: entry.peerDependenciesMeta[name]?.optional ?? false,
    })),
  };
}

/** Where a dependency stands between its range and what is published. Pure. */
export function publishedOf(
  packument: Packument,
  { declared, current }: { readonly declared: string; readonly current: string | undefined },
): Published {
  const all = Object.keys(packument.versions).filter((version) => semver.valid(version) !== null);
  const range = semver.validRange(declared) ?? packument['dist-tags'][declared];
  const latest = packument['dist-tags'].latest;
  const inRange = range === undefined ? undefined : newestIn(packument, all, range);
  const here = current ?? inRange;
  const deprecated = here === undefined ? undefined : publishedPackage(packument, here)?.deprecated;
  return {
    ...(inRange === undefined ? {} : { inRange }),
    ...(latest === undefined ? {} : { latest }),
    ...(here === undefined || latest === undefined ? {} : { majorsBehind: majorsBetween(packument, here, latest) }),
    ...(deprecated === undefined ? {} : { deprecated }),
  };
}

/** What a package manager would take: the tag `latest` if it fits, else the newest, deprecated ones only where nothing else is. */
function newestIn(packument: Packument, all: readonly string[], range: string): string | undefined {
  const latest = packument['dist-tags'].latest;
  if (latest !== undefined && semver.satisfies(latest, range)) return latest;
  const sound = all.filter((version) => deprecationOf(packument.versions[version]) === undefined);
  return semver.maxSatisfying([...sound], range) ?? semver.maxSatisfying([...all], range) ?? undefined;
}

function majorsBetween(packument: Packument, current: string, latest: string): number {
  const sound = Object.entries(packument.versions).flatMap(([version, entry]) => {
    const parsed = semver.parse(version);
    return parsed === null || parsed.prerelease.length > 0 || deprecationOf(entry) !== undefined ? [] : [parsed.major];
  });
  const [from, to] = [semver.parse(current)?.major ?? 0, semver.parse(latest)?.major ?? 0];
  return new Set([...sound, to].filter((major) => major > from && major <= to)).size;
}

/** What the publisher says against a version; undefined where nothing is said. */
export function deprecationOf(entry: z.infer<typeof versionSchema> | undefined): string | undefined {
  const said = entry?.deprecated;
  if (said === undefined || said === false || said === '') return undefined;
  return said === true ? 'no reason is given' : said;
}
