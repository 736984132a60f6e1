import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import { openRegistry } from '#code/registry/registry';

/**
 * Records what the registry answers for the packages named as arguments, for tests: releases only, and of each only what
 * godwit reads. The registry is the one that npm would ask here.
 */
const folder = join(import.meta.dirname, '..', 'test', 'trees', 'packuments');
const { signal } = new AbortController();
const registry = await openRegistry({ root: process.cwd(), env: process.env, signal });
mkdirSync(folder, { recursive: true });

for (const name of process.argv.slice(2)) {
  const answer = await registry.packument(name);
  if (answer.kind === 'unknown') {
    console.error(`${name}: ${answer.why}`);
    process.exitCode = 1;
    continue;
  }
  const { 'dist-tags': tags, versions } = answer.packument;
  const releases = Object.entries(versions).filter(([version]) => semver.prerelease(version) === null);
  const recorded = {
    name,
    'dist-tags': tags.latest === undefined ? {} : { latest: tags.latest },
    versions: Object.fromEntries(releases.map(([version, entry]) => [version, { version, ...trimmed(entry) }])),
  };
  writeFileSync(join(folder, `${name.replace('/', '__')}.json`), `${JSON.stringify(recorded)}\n`);
  console.log(`${name}: ${releases.length} releases`);
}

/** Without what is empty. */
function trimmed(entry: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(entry).filter(([, value]) => {
      const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
      return value !== undefined && !isEmpty;
    }),
  );
}
