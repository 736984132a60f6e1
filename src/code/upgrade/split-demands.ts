import semver from 'semver';
import type { Peer } from '../package-manager.ts';
import type { Facts } from './facts.ts';
import { isNamed, splitOf } from './following.ts';
import { packageGroups } from './package-groups/index.ts';
import { providerOf, waivers } from './providers.ts';
import type { Slot } from './slots.ts';
import type { Demand } from './variable.ts';
import { compareLines, lineOf } from './version-line.ts';

/** What a slot demands that needs what a line of another package ends: to stay below that line, or to be named by its peers. */
export function splitDemands(facts: Facts, slot: Slot, peers: readonly Peer[]): readonly Demand[] {
  return packageGroups.flatMap(({ split }) => {
    if (split === undefined || !split.users.some((user) => isNamed(user, slot.package))) return [];
    const range = peers.find(({ name }) => name === split.package)?.range;
    const excused = waivers(facts, slot, split.package);
    return slot.declarations.flatMap(({ home }): readonly Demand[] => {
      const provider = providerOf(facts, home, split.package);
      // Under its name stands another package already, which was kept for this.
      if (provider?.package !== split.package) return [];
      return [
        {
          on: provider.id,
          key: `${split.ends} ${range} ${excused.join(' ')}`,
          accepts: (value) =>
            value === undefined ||
            compareLines(lineOf(value), split.line) < 0 ||
            isMeant(range, value) ||
            excused.some((one) => facts.fits(value, one)),
        },
      ];
    });
  });
}

/** The slots that need what the step of a lead ends. */
export function splitUsers(facts: Facts, lead: Slot): readonly Slot[] {
  const split = splitOf(lead.package);
  return facts.tree.slots.filter((slot) => split?.users.some((user) => isNamed(user, slot.package)));
}

/** True where a range names a version by a part of it that ends above, and does not only leave it open. */
function isMeant(range: string | undefined, version: string): boolean {
  if (range === undefined || semver.validRange(range) === null) return false;
  return new semver.Range(range).set.some(
    (part) =>
      part.every((comparator) => comparator.test(version)) &&
      part.some(({ operator }) => operator === '<' || operator === '<=' || operator === ''),
  );
}
