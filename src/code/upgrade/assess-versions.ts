import semver from 'semver';
import { deprecationOf, type Packument } from '../registry/packument.ts';
import type { NodeVersion } from '../snapshot.ts';
import { spellPlace } from '../text/place.ts';
import { nodeRange } from '../workspace/node-range.ts';
import { lineOf } from './version-line.ts';

/** What speaks against a version. */
export type Fault = {
  readonly kind: 'prerelease' | 'deprecated' | 'too-new' | 'engine' | 'untagged';
  readonly why: string;
};

/** A published version with what speaks against it; sound where nothing does. */
export type Assessed = { readonly version: string; readonly line: string; readonly faults: readonly Fault[] };

/** What a version must hold out against. */
export type Conditions = {
  readonly nodeInUse: string;
  /** Places that name a version of Node. */
  readonly nodeVersions: readonly NodeVersion[];
  /** Nothing that was published after this is taken, in milliseconds since 1970. */
  readonly publishedUntilMs?: number | undefined;
};

/** Every published version, oldest first, with what speaks against it. Pure. */
export function assessVersions(packument: Packument, conditions: Conditions): readonly Assessed[] {
  const latest = packument['dist-tags'].latest;
  return Object.keys(packument.versions)
    .filter((version) => semver.valid(version) !== null)
    .sort(semver.compare)
    .map((version) => ({
      version,
      line: lineOf(version),
      faults: faultsOf(packument, version, { ...conditions, latest }),
    }));
}

function faultsOf(
  packument: Packument,
  version: string,
  conditions: Conditions & { readonly latest: string | undefined },
): readonly Fault[] {
  const entry = packument.versions[version];
  const { latest, publishedUntilMs } = conditions;
  const faults: Fault[] = [];
  if (semver.prerelease(version) !== null) faults.push({ kind: 'prerelease', why: 'it is a prerelease' });
  const deprecated = deprecationOf(entry);
  if (deprecated !== undefined) faults.push({ kind: 'deprecated', why: `its publisher says: ${oneLine(deprecated)}` });
  if (publishedUntilMs !== undefined) faults.push(...ageFault(packument.time?.[version], publishedUntilMs));
  const engines = entry?.engines?.node;
  if (typeof engines === 'string') faults.push(...engineFaults(engines, conditions));
  // What a publisher puts above the tag `latest` within its line is not out yet.
  if (latest !== undefined && lineOf(latest) === lineOf(version) && semver.gt(version, latest)) {
    faults.push({ kind: 'untagged', why: `the tag latest is still at ${latest}` });
  }
  return faults;
}

function ageFault(published: string | undefined, untilMs: number): readonly Fault[] {
  const atMs = published === undefined ? Number.NaN : Date.parse(published);
  if (Number.isNaN(atMs)) return [{ kind: 'too-new', why: 'the registry does not say when it was published' }];
  return atMs <= untilMs ? [] : [{ kind: 'too-new', why: `it was published on ${published?.slice(0, 10)}` }];
}

/** Against the Node in use, and against each place that names no version which is allowed. */
function engineFaults(engines: string, { nodeInUse, nodeVersions }: Conditions): readonly Fault[] {
  const wanted = semver.validRange(engines);
  if (wanted === null) return [];
  const running: readonly Fault[] = semver.satisfies(nodeInUse, wanted, { includePrerelease: true })
    ? []
    : [{ kind: 'engine', why: `it wants Node ${engines}, and this is ${nodeInUse}` }];
  const named = nodeVersions.flatMap(({ value, place }): readonly Fault[] => {
    const range = nodeRange(value);
    if (range === undefined || semver.intersects(range, wanted)) return [];
    return [{ kind: 'engine', why: `it wants Node ${engines}, and ${spellPlace(place)} names ${value}` }];
  });
  return [...running, ...named];
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
}
