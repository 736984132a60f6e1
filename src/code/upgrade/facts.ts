import semver from 'semver';
import type { Peer } from '../package-manager.ts';
import { type Packument, publishedPackage } from '../registry/packument.ts';
import { type Assessed, assessVersions, type Conditions } from './assess-versions.ts';
import type { Slot, Tree } from './slots.ts';
import type { Override } from './upgrade-path.ts';
import type { Variable } from './variable.ts';

/** All that planning knows; nothing is asked of the world from here on. */
export type Facts = {
  readonly tree: Tree;
  readonly packuments: ReadonlyMap<string, Packument>;
  readonly overrides: readonly Override[];
  readonly conditions: Conditions;
  /** Published versions of a package for the packages of the tree that declare it, oldest first. */
  assessed(name: string, homes: readonly Home[]): readonly Assessed[];
  /** What a published version wants beside it; undefined where the registry does not know it. */
  peers(name: string, version: string): readonly Peer[] | undefined;
  /** Variables that were worked out, by all that they depend on. */
  readonly variables: Map<string, Variable>;
  /** True where npm would take a version for a peer's range. */
  fits(version: string, range: string): boolean;
};

/** Who declares a package, as far as its engines are concerned. */
export type Home = { readonly home: string; readonly isForDevelopment: boolean };

/** Puts together what is known, and remembers what was worked out of it. */
export function factsOf(known: {
  readonly tree: Tree;
  readonly packuments: ReadonlyMap<string, Packument>;
  readonly overrides: readonly Override[];
  readonly conditions: Conditions;
}): Facts {
  const { tree, packuments, overrides, conditions } = known;
  const assessments = new Map<string, readonly Assessed[]>();
  const ranges = new Map<string, (version: string) => boolean>();
  const peers = new Map<string, readonly Peer[] | undefined>();
  return {
    tree,
    packuments,
    overrides,
    conditions,
    assessed(name, homes) {
      const key = `${name} ${homes.map(({ home, isForDevelopment }) => `${home}:${isForDevelopment}`).join(' ')}`;
      const before = assessments.get(key);
      if (before !== undefined) return before;
      const packument = packuments.get(name);
      if (packument === undefined) return [];
      const answer = assessVersions(packument, { ...conditions, nodeVersions: near(conditions, homes) });
      assessments.set(key, answer);
      return answer;
    },
    peers(name, version) {
      const packument = packuments.get(name);
      if (packument === undefined) return undefined;
      const key = `${name}@${version}`;
      if (!peers.has(key)) peers.set(key, publishedPackage(packument, version)?.peers);
      return peers.get(key);
    },
    variables: new Map(),
    fits(version, range) {
      const test = ranges.get(range) ?? rangeTest(range);
      ranges.set(range, test);
      return test(version);
    },
  };
}

/** Who declares a slot. */
export function homesOf({ declarations }: Slot): readonly Home[] {
  return declarations.map(({ home, group }) => ({ home, isForDevelopment: group === 'devDependencies' }));
}

/** The published versions of a slot's package against which nothing speaks, oldest first. */
export function soundVersions(facts: Facts, slot: Slot): readonly Assessed[] {
  return facts.assessed(slot.package, homesOf(slot)).filter(({ faults }) => faults.length === 0);
}

/** What a version wants beside it; undefined where neither registry nor lock file knows. */
export function peersOf(facts: Facts, slot: Slot, version: string): readonly Peer[] | undefined {
  return facts.peers(slot.package, version) ?? (slot.current === version ? slot.known?.peers : undefined);
}

/** Places of the root count for everybody, others for their own package; `engines` not for what only developers use. */
function near({ nodeVersions }: Conditions, homes: readonly Home[]): Conditions['nodeVersions'] {
  return nodeVersions.filter(({ in: at, kind }) =>
    homes.some(
      ({ home, isForDevelopment }) => (at === '.' || at === home) && !(isForDevelopment && kind === 'engines'),
    ),
  );
}

/** As npm has it: a prerelease fits only a range that names one of its own version, or `*`. */
function rangeTest(text: string): (version: string) => boolean {
  // semver makes one object of each version that it is asked about; they are asked about often.
  const known = new Map<string, boolean>();
  const range = semver.validRange(text, { loose: true });
  if (range === null || range === '*' || text.trim() === '*') return () => true;
  const parsed = new semver.Range(range, { loose: true });
  return (version) => {
    const answer = known.get(version) ?? parsed.test(version);
    known.set(version, answer);
    return answer;
  };
}
