import type { Facts } from './facts.ts';
import type { Slot } from './slots.ts';

/** The slot that a package in a folder gets for a name: the folder's own, else the root's. */
export function providerOf({ tree }: Facts, home: string, name: string): Slot | undefined {
  const named = tree.slots.filter((slot) => slot.name === name);
  const at = (folder: string) => named.find(({ declarations }) => declarations.some((one) => one.home === folder));
  return at(home) ?? at('.');
}

/** Ranges of a package that the user says fit a slot all the same. */
export function waivers({ overrides }: Facts, slot: Slot, name: string): readonly string[] {
  return overrides
    .filter(({ wanter }) => wanter === undefined || wanter === slot.package || wanter === slot.name)
    .filter((override) => override.name === name)
    .map(({ range }) => range);
}
