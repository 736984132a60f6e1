import semver from 'semver';
import type { Finding } from '#core/finding';
import { publishedPackage } from '../registry/packument.ts';
import type { NodeVersion } from '../snapshot.ts';
import { deprecations, engineConflicts, type Present } from '../workspace/conflicts.ts';
import { type Facts, homesOf } from './facts.ts';
import { insideFindings } from './inside-findings.ts';
import { jumpsOf } from './jumps.ts';
import type { Made } from './made.ts';
import type { Slot } from './slots.ts';
import { lineOf } from './version-line.ts';

/**
 * What is to be known about the versions that a hop takes: newer ones of the lead that were left out and why, majors of
 * companions that are passed over, engines that the tree's own say does not rule out, and deprecations. Pure.
 */
export function hopFindings(facts: Facts, { lead, chosen }: Pick<Made, 'lead' | 'chosen'>): readonly Finding[] {
  const moved = facts.tree.slots.flatMap((slot) => {
    const to = chosen.values.get(slot.id)?.value;
    return to === undefined || to === slot.current ? [] : [{ slot, to }];
  });
  const present = moved.flatMap(({ slot, to }) => presentOf(facts, slot, to));
  const to = chosen.values.get(lead.id)?.value ?? lead.current;
  return [
    ...leftOut(facts, lead, to),
    ...jumpsOf(facts, chosen).map(
      ({ slot, lines }): Finding => ({
        rule: 'package/major-passed',
        severity: 'warning',
        message: `${slot.name} goes from ${slot.current} over ${lines.join(', ')}: no version between fits what is there before or after.`,
        cure: `Read what changed in ${slot.name} ${lines.join(', ')} too.`,
        package: slot.name,
        from: slot.current,
        to: chosen.values.get(slot.id)?.value ?? slot.current,
      }),
    ),
    ...engineConflicts(present, { inUse: facts.conditions.nodeInUse, declared: nodesOf(facts) }),
    ...deprecations(present),
    ...insideFindings(facts, chosen),
  ];
}

function nodesOf({ conditions }: Facts): readonly NodeVersion[] {
  return conditions.nodeVersions;
}

function presentOf(facts: Facts, slot: Slot, to: string): readonly Present[] {
  const packument = facts.packuments.get(slot.package);
  const published = packument === undefined ? undefined : publishedPackage(packument, to);
  if (published === undefined) return [];
  const home = slot.declarations[0]?.home ?? '.';
  return [{ ...published, name: slot.name, in: home, isForDevelopment: slot.isForDevelopment }];
}

/** The newest release of the lead's line that was not taken, where something speaks against it. */
function leftOut(facts: Facts, lead: Slot, to: string): readonly Finding[] {
  const newest = facts
    .assessed(lead.package, homesOf(lead))
    .findLast(({ version, line }) => line === lineOf(to) && semver.prerelease(version) === null);
  if (newest === undefined || newest.faults.length === 0 || !semver.gt(newest.version, to)) return [];
  return [
    {
      rule: 'package/newer-left-out',
      severity: 'advice',
      message: `${lead.name} ${newest.version} is newer than ${to} and is not taken: ${newest.faults.map(({ why }) => why).join('; ')}.`,
      package: lead.name,
      from: to,
      to: newest.version,
    },
  ];
}
