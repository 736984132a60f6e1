import semver from 'semver';
import { fail } from '#core/error';
import { deprecationOf, type Packument } from '../../registry/packument.ts';
import type { Wish } from '../wishes.ts';
import type { RuntimeGoal } from './raised-value.ts';

/** The package of the registry whose versions are the releases of Node. https://www.npmjs.com/package/node */
export const runtimePackage = 'node';

/** A wish for Node itself, e.g. `node@24`. */
export type RuntimeWish = Extract<Wish, { readonly kind: 'package' }>;

/**
 * Turns a wish for Node into versions. The newest release comes from the registry; where it cannot be asked, a wish for one
 * exact version holds without it. Throws `bad-input` for a wish that names no major, range or version, or none that was
 * released; `registry-failed` where the registry is needed and does not answer. Pure.
 */
export function runtimeGoal(
  { spec }: RuntimeWish,
  known: { readonly packument: Packument | undefined; readonly refused: string | undefined },
): RuntimeGoal {
  const range = spec === undefined ? null : semver.validRange(spec, { loose: true });
  const lowest = range === null || range === '*' ? null : semver.minVersion(range);
  if (range === null || lowest === null) throw noVersion(spec);
  const exact = semver.valid(spec);
  if (known.packument === undefined) {
    if (exact !== null) return { range, floor: exact, version: exact };
    throw noRegistry(spec ?? '', known.refused);
  }
  const { versions } = known.packument;
  const released = Object.keys(versions).filter(
    (version) =>
      semver.valid(version) !== null &&
      semver.satisfies(version, range) &&
      deprecationOf(versions[version]) === undefined,
  );
  const newest = semver.rsort(released)[0];
  if (newest === undefined) throw notReleased(spec ?? '', Object.keys(versions));
  return { range, floor: lowest.version, version: newest };
}

function noVersion(spec: string | undefined) {
  return fail('bad-input', {
    what: spec === undefined ? '`node` names no version.' : `\`node@${spec}\` names no version of Node.`,
    why: 'Which line of Node is right (the newest, the newest with long-term support) is yours to say.',
    next: 'Name a major, e.g. `--upgrade node@24`, or an exact version.',
  });
}

function noRegistry(spec: string, why: string | undefined) {
  return fail('registry-failed', {
    what: `The releases of Node that \`node@${spec}\` allows are not known.`,
    why: why ?? 'The registry does not know the package `node`.',
    next: 'Make the registry reachable, or name an exact version, e.g. `--upgrade node@24.11.0`.',
  });
}

function notReleased(spec: string, all: readonly string[]) {
  const majors = [
    ...new Set(semver.sort(all.filter((one) => semver.valid(one) !== null)).map((one) => semver.major(one))),
  ];
  return fail('bad-input', {
    what: `No release of Node is what \`node@${spec}\` asks for.`,
    why: `The registry knows releases of the majors ${majors.slice(-8).join(', ')}.`,
    next: 'Name one of them.',
  });
}
