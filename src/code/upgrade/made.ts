import type { Chosen } from './choose-versions.ts';
import type { Slot } from './slots.ts';

/** What a hop is made of. */
export type Made = {
  readonly lead: Slot;
  readonly chosen: Chosen;
  readonly number: number;
  /** Why the lead moves, as a sentence. */
  readonly why: string;
  /** Others that move for the same reason as the lead. */
  readonly wished?: ReadonlySet<string>;
  /** What the hop is named, where it is not after its lead. */
  readonly named?: { readonly slug: string; readonly title: string };
};
