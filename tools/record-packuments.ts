import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import { openRegistry } from '#code/registry/registry';

/**
 * Records what the registry answers for the packages named as arguments, for tests: releases only, and of each only what
 * godwit reads. `name@range` keeps what is in the range, and of each minor the newest release alone. The registry is the one
 * that npm would ask here.
 */
const folder = join(import.meta.dirname, '..', 'test', 'trees', 'packuments');
const { signal } = new AbortController();
const registry = await openRegistry({ root: process.cwd(), env: process.env, signal });
mkdirSync(folder, { recursive: true });

for (const argument of process.argv.slice(2)) {
  const at = argument.indexOf('@', 1);
  const [name, range] = at === -1 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
  const answer = await registry.packument(name, 'dates');
  if (answer.kind === 'unknown') {
    console.error(`${name}: ${answer.why}`);
    process.exitCode = 1;
    continue;
  }
  const { 'dist-tags': tags, versions, time = {} } = answer.packument;
  const kept = keptOf(Object.keys(versions), range);
  const recorded = {
    name,
    'dist-tags': tags.latest === undefined ? {} : { latest: tags.latest },
    versions: Object.fromEntries(kept.map((version) => [version, { version, ...trimmed({ ...versions[version] }) }])),
    ...(range === undefined ? {} : { time: Object.fromEntries(kept.map((version) => [version, time[version]])) }),
  };
  writeFileSync(join(folder, `${name.replace('/', '__')}.json`), `${JSON.stringify(recorded)}\n`);
  console.log(`${name}: ${kept.length} releases`);
}

/** Releases, and where a range is given the newest of each minor in it. */
function keptOf(all: readonly string[], range: string | undefined): readonly string[] {
  const releases = all.filter((version) => semver.prerelease(version) === null);
  if (range === undefined) return releases;
  const byMinor = new Map<string, string>();
  for (const version of releases.filter((one) => semver.satisfies(one, range)).sort(semver.compare)) {
    byMinor.set(`${semver.major(version)}.${semver.minor(version)}`, version);
  }
  return [...byMinor.values()];
}

/** Without what is empty, and without what is installed below: that is not looked at yet. */
function trimmed({ dependencies: _, optionalDependencies: __, ...entry }: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(entry).filter(([, value]) => {
      const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
      return value !== undefined && !isEmpty;
    }),
  );
}
