import { type Facts, peersOf } from './facts.ts';
import { followOf } from './following.ts';
import type { Made } from './made.ts';
import { providerOf } from './providers.ts';
import type { Slot } from './slots.ts';

/** Why a slot moves in a hop, as a sentence: it leads, follows, wants another than what it would get, or is wanted. Pure. */
export function whyOf(facts: Facts, slot: Slot, made: Omit<Made, 'number'>): string {
  const { lead, chosen, why, wished } = made;
  if (slot.id === lead.id || wished?.has(slot.id) === true) return why;
  const versionOf = (other: Slot): string => chosen.values.get(other.id)?.value ?? other.current;
  const follow = followOf(slot, facts.tree.slots);
  if (follow !== undefined && follow.following !== 'own-version' && versionOf(follow.lead) !== follow.lead.current) {
    return `It moves with ${follow.lead.name}.`;
  }
  return wanting(facts, slot, versionOf) ?? wantedBy(facts, slot, versionOf) ?? 'What moves with it needs it.';
}

type VersionOf = (slot: Slot) => string;

/** What it wants at its version now, and would not get. */
function wanting(facts: Facts, slot: Slot, versionOf: VersionOf): string | undefined {
  for (const { name, range } of peersOf(facts, slot, slot.current) ?? []) {
    const providers = slot.declarations.map(({ home }) => providerOf(facts, home, name));
    const refused = providers.find((one) => one !== undefined && !facts.fits(versionOf(one), range));
    if (refused !== undefined)
      return `At ${slot.current} it wants ${name} ${range}, which ${versionOf(refused)} is not.`;
  }
  return undefined;
}

/** Who wants it, and not at its version now. */
function wantedBy(facts: Facts, slot: Slot, versionOf: VersionOf): string | undefined {
  for (const other of facts.tree.slots) {
    const peer = (peersOf(facts, other, versionOf(other)) ?? []).find(({ name }) => name === slot.name);
    if (peer !== undefined && !facts.fits(slot.current, peer.range)) {
      return `${other.name} ${versionOf(other)} wants ${slot.name} ${peer.range}, which ${slot.current} is not.`;
    }
  }
  return undefined;
}
