import * as z from 'zod';
import type { Lock, LockedPackage, Member, PackageManagerKind } from '../package-manager.ts';
import { yamlOf } from '../text/read-data.ts';

/** The lock is read without types, so that a version stays text; a flag is then the word `true`. */
const flag = z
  .literal(['true', 'false'])
  .transform((word) => word === 'true')
  .default(false);

const berrySchema = z.record(
  z.string(),
  z.object({
    version: z.string(),
    resolution: z.string().optional(),
    peerDependencies: z.record(z.string(), z.string()).optional(),
    peerDependenciesMeta: z.record(z.string(), z.object({ optional: flag })).optional(),
  }),
);

/**
 * yarn.lock has one entry for each resolution, keyed by the descriptors (`name@range`) that lead to it. Yarn 1 writes a
 * format of its own, Yarn 2 and newer YAML, with `npm:` in the descriptors. Neither holds engines.
 */
export const yarn: PackageManagerKind = {
  id: 'yarn',
  lockFiles: ['yarn.lock'],
  readLock: (text, members) => (/^__metadata:/m.test(text) ? readBerry(text, members) : readClassic(text, members)),
  install: (kind, version) => {
    if (version.startsWith('1.')) return { args: ['install', '--non-interactive', ...classicFlags[kind]], env: {} };
    if (kind === 'unlocked') return undefined;
    // Where CI is set, Yarn installs nothing that would change the lock file, unless told otherwise.
    const isFrozen = kind === 'frozen';
    return {
      args: ['install', ...(isFrozen ? ['--immutable'] : [])],
      env: { YARN_ENABLE_IMMUTABLE_INSTALLS: String(isFrozen), YARN_ENABLE_TELEMETRY: '0', YARN_ENABLE_COLORS: '0' },
    };
  },
  writersOf: (lockFormat) => (lockFormat.startsWith('yarn classic') ? '1' : '>=2'),
  packageFor: (version) => (version.startsWith('1.') ? 'yarn' : '@yarnpkg/cli-dist'),
};

const classicFlags = { update: [], frozen: ['--frozen-lockfile'], unlocked: ['--no-lockfile'] } as const;

function readBerry(text: string, members: readonly Member[]): Lock | string {
  const parsed = berrySchema.safeParse(yamlOf(text, 'failsafe'));
  if (!parsed.success) return 'It is not YAML of the form that Yarn writes.';
  const { __metadata: metadata, ...entries } = parsed.data;
  const byDescriptor = new Map<string, LockedPackage>();
  for (const [key, entry] of Object.entries(entries)) {
    const locked: LockedPackage = {
      name: nameOf(entry.resolution ?? key),
      version: entry.version,
      peers: Object.entries(entry.peerDependencies ?? {}).map(([name, range]) => ({
        name,
        range,
        isOptional: entry.peerDependenciesMeta?.[name]?.optional ?? false,
      })),
    };
    if (entry.resolution?.includes('@workspace:') !== true) addAll(byDescriptor, key, locked);
  }
  return lockOf(`yarn berry ${metadata?.version ?? ''}`.trim(), byDescriptor, members);
}

/** Entries stand at the margin and end in a colon; fields are indented by two. */
function readClassic(text: string, members: readonly Member[]): Lock | string {
  if (/^(<{7}|>{7})/m.test(text)) return 'It holds the marks of a merge that is not finished.';
  const byDescriptor = new Map<string, LockedPackage>();
  const entry = /^(\S[^\n]*):\r?\n((?:[ \t]+[^\n]*(?:\n|$))+)/gm;
  for (const [, key = '', body = ''] of text.matchAll(entry)) {
    const version = /^ {2}version "?([^"\n\r]+)"?/m.exec(body)?.[1];
    if (version !== undefined)
      addAll(byDescriptor, key.replaceAll('"', ''), { name: nameOf(key.replaceAll('"', '')), version });
  }
  if (byDescriptor.size === 0 && /\S/.test(text.replaceAll(/^#.*$/gm, '')))
    return 'It is not of the form that Yarn writes.';
  return lockOf('yarn classic 1', byDescriptor, members);
}

function addAll(byDescriptor: Map<string, LockedPackage>, key: string, locked: LockedPackage): void {
  for (const descriptor of key.split(/,\s*/)) byDescriptor.set(descriptor, locked);
}

function lockOf(format: string, byDescriptor: ReadonlyMap<string, LockedPackage>, members: readonly Member[]): Lock {
  const resolutions = members.find(({ path }) => path === '.')?.manifest.fields.resolutions ?? {};
  const directOf = ({ manifest }: Member) =>
    new Map(
      manifest.dependencies.flatMap(({ name, declared }) => {
        const ranges = [resolutions[name], resolutions[`**/${name}`], declared].filter((range) => range !== undefined);
        const found = ranges
          .flatMap((range) => [`${name}@${range}`, `${name}@npm:${range}`])
          .map((descriptor) => byDescriptor.get(descriptor))
          .find((locked) => locked !== undefined);
        return found === undefined ? [] : [[name, found] as const];
      }),
    );
  return {
    format,
    packages: [...new Set(byDescriptor.values())],
    direct: new Map(members.map((member) => [member.path, directOf(member)])),
  };
}

/** The package in a descriptor or resolution: `@a/b@npm:^1` is `@a/b`. */
function nameOf(descriptor: string): string {
  const at = descriptor.indexOf('@', 1);
  return at === -1 ? descriptor : descriptor.slice(0, at);
}
