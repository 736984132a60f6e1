import { type ParseError, parse } from 'jsonc-parser';
import * as z from 'zod';
import type { LockedPackage, PackageManagerKind } from '../package-manager.ts';

const infoSchema = z.object({
  peerDependencies: z.record(z.string(), z.string()).default({}),
  optionalPeers: z.array(z.string()).default([]),
});
const lockSchema = z.object({
  lockfileVersion: z.number(),
  packages: z.record(z.string(), z.array(z.unknown())).default({}),
});

/**
 * bun.lock is JSON with trailing commas; `packages` maps the path of a package in node_modules (`a`, or `b/a` where it is
 * nested) to `[name@version, registry, info, hash]`. https://bun.com/docs/pm/lockfile
 */
export const bun: PackageManagerKind = {
  id: 'bun',
  lockFiles: ['bun.lock', 'bun.lockb'],
  install: (kind) => ({ args: ['install', ...flags[kind]], env: {} }),
  writersOf: () => undefined,
  packageFor: () => 'bun',
  readLock(text, members) {
    const errors: ParseError[] = [];
    const parsed = lockSchema.safeParse(parse(text, errors, { allowTrailingComma: true }));
    if (!parsed.success || errors.length > 0) {
      return 'It is not text of the form that bun writes. A binary bun.lockb becomes text by `bun install --save-text-lockfile`.';
    }
    const places = new Map(
      Object.entries(parsed.data.packages).flatMap(([at, entry]) => {
        const locked = lockedOf(entry);
        return locked === undefined ? [] : [[at, locked] as const];
      }),
    );
    return {
      format: `bun.lock ${parsed.data.lockfileVersion}`,
      packages: [...places.values()],
      direct: new Map(
        members.map(({ path, manifest }) => {
          const own = manifest.fields.name ?? '';
          const entries = manifest.dependencies.flatMap(({ name }) => {
            const found = places.get(`${own}/${name}`) ?? places.get(name);
            return found === undefined ? [] : [[name, found] as const];
          });
          return [path, new Map(entries)] as const;
        }),
      ),
    };
  },
};

const flags = { update: [], frozen: ['--frozen-lockfile'], unlocked: ['--no-save'] } as const;

function lockedOf(entry: readonly unknown[]): LockedPackage | undefined {
  const [id] = entry;
  if (typeof id !== 'string') return undefined;
  const at = id.lastIndexOf('@');
  const version = id.slice(at + 1);
  if (at < 1 || /^(workspace|link|file):/.test(version)) return undefined;
  const info = entry.map((part) => infoSchema.safeParse(part)).find(({ success }) => success)?.data;
  return {
    name: id.slice(0, at),
    version,
    peers: Object.entries(info?.peerDependencies ?? {}).map(([name, range]) => ({
      name,
      range,
      isOptional: info?.optionalPeers.includes(name) ?? false,
    })),
  };
}
