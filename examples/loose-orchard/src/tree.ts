export type Tree = {
  readonly kind: string;
  readonly planted: number;
  /** Kilograms of the last harvest; none while the tree is young. */
  lastHarvest: number;
};

/** Plants a tree, which has not been harvested. */
export function plant(kind: string, planted: number): Tree {
  return { kind, planted, lastHarvest: null };
}

/** True for a tree that bears fruit. */
export function isBearing(tree: Tree, year: number): boolean {
  return year - tree.planted >= 4;
}
