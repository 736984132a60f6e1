import type { Layout, Modules } from '../split/layout.ts';

/** How a link is cut: written as a type, straight to where its names are declared, or what is needed moves down or up. */
export type CutKind = 'type-import' | 'direct-import' | 'move-needed' | 'move-needing';

/** One way to cut one link. */
export type Remedy = {
  readonly kind: CutKind;
  /** Id of the link. */
  readonly link: string;
  readonly from: string;
  readonly to: string;
  /** Top levels that move, by id, and where to. */
  readonly moved: ReadonlyMap<string, string>;
};

/** Why nothing cuts a link. */
export type Held = {
  readonly file: string;
  readonly line: number;
  readonly from: string;
  readonly to: string;
  readonly why: string;
};

/** A way to end the cycles of a component. */
export type Cut = {
  readonly layout: Layout;
  readonly remedies: readonly Remedy[];
  /** Pairs of modules in cycles that nothing cuts. */
  readonly left: readonly { readonly from: string; readonly to: string }[];
};

/** What is known of the tree in which a cut is looked for. */
export type CutWorld = {
  readonly modules: Modules;
  /** Why top levels cannot leave their module, by id. */
  readonly holds: ReadonlyMap<string, string>;
  readonly hasPath: (path: string) => boolean;
  readonly signal: AbortSignal;
};
