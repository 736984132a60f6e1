import semver from 'semver';
import { nodesOutside } from '../nodes-outside.ts';
import type { TreeTransform } from '../recipe.ts';
import { runnerPackages } from './runner-packages.ts';

/** `engines` of each line of Vitest, as its package.json says; the newest stands for what comes after it. */
const runsOn: ReadonlyMap<number, string> = new Map([
  [1, '^18.0.0 || >=20.0.0'],
  [2, '^18.0.0 || >=20.0.0'],
  [3, '^18.0.0 || ^20.0.0 || >=22.0.0'],
  [4, '^20.0.0 || ^22.0.0 || >=24.0.0'],
]);

/** Names every place whose Node the chosen Vitest does not run on, in a tree that is tested with another runner. */
export const nodeFloor = (runner: string): TreeTransform => ({
  kind: 'tree',
  id: 'node-floor',
  why: 'A Vitest runs on the versions of Node that `engines` of its package.json name; on others it does not start, or fails somewhere in its dependencies.',
  async transform(tree, { params }) {
    const wanted = params.vitest ?? '';
    const major = semver.validRange(wanted) === null ? undefined : semver.minVersion(wanted)?.major;
    const range = major === undefined ? undefined : runsOn.get(Math.min(major, Math.max(...runsOn.keys())));
    const isTested = (await runnerPackages(tree, { name: runner, configNames: [] })).length > 0;
    if (range === undefined || !isTested) return { edits: [], unresolved: [] };
    const unresolved = (await nodesOutside(tree, range)).map(({ path, offset, length, value, version }) => ({
      path,
      offset,
      length,
      message: `Vitest ${major} does not run on Node ${value.trim()}.`,
      cure: `Raise Node first, with \`godwit plan --upgrade node@${nextNode(range, version)}\`${olderWord(version)}.`,
      evidence: `engines of vitest: ${range}`,
    }));
    return { edits: [], unresolved };
  },
});

/** The lowest major above a version that a range names. */
function nextNode(range: string, version: string): number {
  const majors = [...range.matchAll(/(\d+)\.0\.0/g)].map(([, major]) => Number(major));
  return majors.find((major) => major > semver.major(version)) ?? Math.max(...majors);
}

/** What else there is for whoever has to keep that Node. */
function olderWord(version: string): string {
  const [older] = [...runsOn].toReversed().find(([, range]) => semver.satisfies(version, range)) ?? [];
  return older === undefined ? '' : `, or choose --recipe-option vitest=^${older}.0.0`;
}
