import type { Following, Leap, Split } from './package-group.ts';
import { packageGroups } from './package-groups/index.ts';
import type { Slot } from './slots.ts';
import { compareLines } from './version-line.ts';

/** A slot that goes along with another. */
export type Follow = { readonly lead: Slot; readonly following: Following; readonly group: string };

/** The slot that a slot follows, where it belongs to a group, or holds types of another; a lead follows nobody. */
export function followOf(slot: Slot, slots: readonly Slot[]): Follow | undefined {
  for (const { id, leads, members } of packageGroups) {
    const following = members.find(({ name }) => isNamed(name, slot.package))?.following;
    if (following === undefined) continue;
    const lead = leadOf(leads, slot, slots);
    if (lead?.id === slot.id) return undefined;
    if (lead !== undefined) return { lead, following, group: id };
  }
  const typed = typedBy(slot.package);
  const lead = typed === undefined ? undefined : leadOf([typed], slot, slots);
  return lead === undefined ? undefined : { lead, following: 'same-line', group: 'types' };
}

/** A member is named by its name, or by its scope as `@scope/*`. */
export function isNamed(pattern: string, name: string): boolean {
  return pattern.endsWith('/*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

/** What follows a slot by its version or line. */
export function followersOf(lead: Slot, slots: readonly Slot[]): readonly Slot[] {
  return slots.filter((slot) => {
    const follow = followOf(slot, slots);
    return follow?.lead.id === lead.id && follow.following !== 'own-version';
  });
}

/** The lines of a package that may be passed over, and who says so. */
export function leapsOf(name: string): readonly Leap[] {
  return packageGroups.flatMap(({ leaps = [] }) => leaps.filter((leap) => leap.package === name));
}

/** The line at which a package ends something that others need. */
export function splitOf(name: string): Split | undefined {
  return packageGroups.map(({ split }) => split).find((split) => split?.package === name);
}

/** The package that an `@types` package describes; the types of a scoped one are named `scope__name`. */
export function typedBy(name: string): string | undefined {
  const plain = /^@types\/(.+)$/.exec(name)?.[1];
  return plain?.includes('__') === true ? `@${plain.replace('__', '/')}` : plain;
}

/** The line in which a follower belongs when its lead is in `lead`: the same, else the nearest below that exists. */
export function lineFor(lead: string, lines: readonly string[]): string | undefined {
  return lines
    .filter((line) => compareLines(line, lead) <= 0)
    .sort(compareLines)
    .at(-1);
}

/** The lead that a slot sees: in a package that declares both, else in the root. */
function leadOf(leads: readonly string[], slot: Slot, slots: readonly Slot[]): Slot | undefined {
  const homes = slot.declarations.map(({ home }) => home);
  for (const name of leads) {
    const named = slots.filter((other) => other.package === name && other.name === name);
    const near = named.find(({ declarations }) => declarations.some(({ home }) => homes.includes(home)));
    const found = near ?? named.find(({ declarations }) => declarations.some(({ home }) => home === '.')) ?? named[0];
    if (found !== undefined) return found;
  }
  return undefined;
}
