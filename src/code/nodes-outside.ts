import semver from 'semver';
import { findVersions, mayNameNode } from './find-versions.ts';
import type { TreeView } from './recipe.ts';
import { nodesThatRun } from './version-places/index.ts';

/** A Node that a file names for running the tree: the lowest version that the text means, and where it stands. */
export type NamedNode = {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  /** As it is written. */
  readonly value: string;
  readonly version: string;
};

/** Places that name a Node for running the tree of which no version is within a range; the lowest first. */
export async function nodesOutside(tree: TreeView, range: string): Promise<readonly NamedNode[]> {
  const found: NamedNode[] = [];
  for (const path of tree.paths.filter(mayNameNode))
    for (const { value, offset } of nodesThatRun(findVersions(path, (await tree.read(path))?.text ?? ''))) {
      const version = lowestOf(value, range);
      if (version !== undefined) found.push({ path, offset, length: value.length, value, version });
    }
  return found.toSorted((one, other) => semver.compare(one.version, other.version));
}

/** The lowest that a text takes in; undefined where some of it is within the range, and where it names no version. */
function lowestOf(value: string, within: string): string | undefined {
  const plain = value.trim().replace(/^v(?=\d)/, '');
  const [, major] = /^(\d+)(?:\.[x*])*(?:-[\w-]+)?$/.exec(plain) ?? [];
  const range = major ?? plain;
  if (semver.validRange(range) === null || semver.intersects(range, within)) return undefined;
  return semver.minVersion(range)?.version;
}
