import semver from 'semver';
import type { Finding } from '#core/finding';
import type { LockedPackage, PeerUse } from '../package-manager.ts';
import type { NodeVersion } from '../snapshot.ts';
import { spellPlace } from '../text/place.ts';
import { nodeRange } from './node-range.ts';

/** A direct dependency at the version that is there. */
export type Present = LockedPackage & { readonly in: string; readonly isForDevelopment: boolean };

/**
 * Direct dependencies whose `engines.node` does not hold: on the Node in use, or on one that the root names, or the package
 * that has them. A
 * place is in conflict when no version that it stands for is allowed; `engines` of the tree also when it allows more, but
 * not for what only developers use.
 */
export function engineConflicts(
  present: readonly Present[],
  nodes: { readonly inUse: string; readonly declared: readonly NodeVersion[] },
): readonly Finding[] {
  return present.flatMap(({ name, version, engines, in: home, isForDevelopment }) => {
    const wanted = engines === undefined ? null : semver.validRange(engines);
    if (wanted === null || engines === undefined) return [];
    const near = nodes.declared.filter((declared) => declared.in === '.' || declared.in === home);
    const failing = near.flatMap((declared) => failureOf(declared, { wanted, isForDevelopment }));
    const isRunning = semver.satisfies(nodes.inUse, wanted, { includePrerelease: true });
    if (isRunning && failing.length === 0) return [];
    const reasons = [...(isRunning ? [] : [`this Node is ${nodes.inUse}`]), ...failing];
    return [
      {
        rule: 'package/engine',
        severity: isRunning ? 'warning' : 'error',
        message: `${name}@${version}${inside(home)} wants Node ${engines}, but ${listed(reasons)}.`,
        cure: `Raise Node in these places, or take a version of ${name} that runs there.`,
        object: name,
      },
    ];
  });
}

function failureOf(
  { kind, value, place }: NodeVersion,
  { wanted, isForDevelopment }: { readonly wanted: string; readonly isForDevelopment: boolean },
): readonly string[] {
  const range = nodeRange(value);
  if (range === undefined) return [];
  if (isForDevelopment && kind === 'engines') return [];
  if (!semver.intersects(range, wanted)) return [`${spellPlace(place)} names ${value}`];
  const lowest = kind === 'engines' ? semver.minVersion(range) : null;
  if (lowest === null || semver.satisfies(lowest, wanted)) return [];
  return [`${spellPlace(place)} allows ${lowest.version} (${value})`];
}

/** Packages that were locked or installed with a peer that does not fit, or without one that they need. */
export function peerConflicts(uses: readonly PeerUse[]): readonly Finding[] {
  const seen = new Set<string>();
  return uses.flatMap((use) => {
    const message = peerFault(use);
    if (message === undefined || seen.has(message)) return [];
    seen.add(message);
    return [
      {
        rule: 'package/peer',
        severity: use.found === undefined ? 'warning' : 'error',
        message,
        cure:
          use.found === undefined
            ? `Add ${use.name} ${use.range}, or remove ${use.wanter}.`
            : `Take versions of ${nameOf(use.wanter)} and ${use.name} that fit together; \`overrides\` only hides it.`,
        object: use.name,
      } as const,
    ];
  });
}

function peerFault({ wanter, name, range, isOptional, found }: PeerUse): string | undefined {
  if (found === undefined)
    return isOptional ? undefined : `${wanter} wants ${name} ${range} beside it, which is not there.`;
  if (semver.validRange(range) === null || semver.valid(found) === null) return undefined;
  if (semver.satisfies(found, range, { includePrerelease: true })) return undefined;
  return `${wanter} wants ${name} ${range}, but ${found} is there.`;
}

/** Places that name versions of Node which the `engines` of the root exclude. */
export function nodeContradictions(declared: readonly NodeVersion[]): readonly Finding[] {
  const own = declared.find(({ kind, place }) => kind === 'engines' && place.file === 'package.json');
  const range = own === undefined ? undefined : nodeRange(own.value);
  if (own === undefined || range === undefined) return [];
  return declared.flatMap((other) => {
    const named = other.kind === 'engines' ? undefined : nodeRange(other.value);
    if (named === undefined || semver.intersects(named, range)) return [];
    return [
      {
        rule: 'tree/node-contradiction',
        severity: 'warning',
        message: `${spellPlace(other.place)} names Node ${other.value}, which ${spellPlace(own.place)} (engines ${own.value}) excludes.`,
        cure: 'Let both name the same.',
        object: other.place.file,
      } as const,
    ];
  });
}

/** Direct dependencies that the lock file does not hold, or holds at a version that package.json does not take. */
export function staleLock(
  entries: readonly {
    readonly name: string;
    readonly declared: string;
    readonly in: string;
    readonly locked: string | undefined;
  }[],
  lockFile: string,
): readonly Finding[] {
  return entries.flatMap(({ name, declared, locked, in: home }) => {
    const range = semver.validRange(declared);
    if (range === null || declared === '') return [];
    if (
      locked !== undefined &&
      (semver.valid(locked) === null || semver.satisfies(locked, range, { includePrerelease: true }))
    )
      return [];
    const has = locked === undefined ? 'does not hold it' : `has ${locked}`;
    return [
      {
        rule: 'tree/lock-stale',
        severity: 'warning',
        message: `${name}${inside(home)} is declared as ${declared}, but ${lockFile} ${has}.`,
        cure: 'Install, and commit the lock file; a frozen install stops here.',
        object: name,
      } as const,
    ];
  });
}

/** Packages of which their publisher says not to use them. */
export function deprecations(present: readonly Present[]): readonly Finding[] {
  return present.flatMap(({ name, version, deprecated, in: home }) =>
    deprecated === undefined
      ? []
      : [
          {
            rule: 'package/deprecated',
            severity: 'warning',
            message: `${name}@${version}${inside(home)} is deprecated: ${deprecated.replaceAll(/\s+/g, ' ').trim().slice(0, 400)}`,
            object: name,
          } as const,
        ],
  );
}

function inside(home: string): string {
  return home === '.' ? '' : ` in ${home}`;
}

function nameOf(id: string): string {
  return id.slice(0, id.indexOf('@', 1));
}

function listed(reasons: readonly string[]): string {
  const shown = reasons.slice(0, 4).join('; ');
  return reasons.length > 4 ? `${shown}; and ${reasons.length - 4} more` : shown;
}
