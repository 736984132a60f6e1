import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { openRegistry } from '#code/registry/registry';
import { packageGroups } from '#code/upgrade/package-groups/index';
import { compareLines, lineOf } from '#code/upgrade/version-line';

const { signal } = new AbortController();

const opened = openRegistry({ root: process.cwd(), env: process.env, signal });

/** Releases of a package, oldest first; a group that names a package which is not published is wrong. */
async function releasesOf(name: string): Promise<readonly string[]> {
  const registry = await opened;
  const answer = await registry.packument(name);
  if (answer.kind === 'unknown') throw new Error(`${name}: ${answer.why}`);
  return (
    Object.keys(answer.packument.versions)
      // Old packages have versions such as 1.0.0beta, which is none.
      .filter((version) => semver.valid(version) !== null && semver.prerelease(version) === null)
      .sort(semver.compare)
  );
}

const linesOf = (versions: readonly string[]): readonly string[] =>
  [...new Set(versions.map(lineOf))].sort(compareLines);

describe.each(packageGroups)('the group $id says what the registry shows', ({ leads, members, split }) => {
  it('of its members', async () => {
    const [lead = ''] = leads;
    const releases = await releasesOf(lead);
    // An alias is a name that this side gives, and nothing that is published.
    const published = members.filter(({ name }) => !name.endsWith('/*') && name !== lead && name !== split?.alias);
    for (const { name, following } of published) {
      const own = await releasesOf(name);
      const shared = linesOf(own).filter((line) => linesOf(releases).includes(line));
      if (following !== 'own-version') expect([name, shared.length > 0]).toEqual([name, true]);
      if (following !== 'same-version') continue;
      // A mirror may lack some; what is published as one has at least a version of its newest shared major in common.
      const newest = own.filter((version) => lineOf(version) === shared.at(-1));
      expect([name, newest.some((version) => releases.includes(version))]).toEqual([name, true]);
    }
  });

  if (split === undefined) return;
  it('of who needs what a line ends', async () => {
    for (const user of split.users.filter((name) => !name.endsWith('/*'))) {
      expect((await releasesOf(user)).length).toBeGreaterThan(0);
    }
    const kept = await releasesOf(split.keep.package);
    expect(kept.map(lineOf)).toContain(split.keep.line);
  });
});
