import type { Chosen } from './choose-versions.ts';
import { type Facts, soundVersions } from './facts.ts';
import { followOf, leapsOf } from './following.ts';
import type { Slot } from './slots.ts';
import { lineOf, linesBetween } from './version-line.ts';

/** A slot that moves over lines of its own, and those lines. */
export type Jump = { readonly slot: Slot; readonly lines: readonly string[] };

/**
 * What a choice moves over more than one line. Types that follow what they describe may: nothing of them runs. So may what
 * its publisher lets leap. Pure.
 */
export function jumpsOf(facts: Facts, chosen: Chosen): readonly Jump[] {
  return facts.tree.slots.flatMap((slot) => {
    const to = chosen.values.get(slot.id)?.value;
    if (to === undefined || to === slot.current || slot.package.startsWith('@types/')) return [];
    if (followOf(slot, facts.tree.slots)?.following === 'same-version') return [];
    const after = lineOf(slot.current);
    if (leapsOf(slot.package).some((leap) => leap.from === after && leap.to === lineOf(to))) return [];
    const lines = linesBetween(
      soundVersions(facts, slot).map(({ line }) => line),
      { after, upTo: lineOf(to) },
    ).slice(0, -1);
    return lines.length === 0 ? [] : [{ slot, lines }];
  });
}
