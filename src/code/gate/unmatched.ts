/** By what two things are the same; undefined where that cannot be said of one. */
export type Key<Item> = (item: Item) => string | undefined;

/**
 * What of `after` has no partner in `before`, and the other way round. Keys are tried in order, the strictest first; each
 * thing has one partner at most, so that two of a kind where one was is one more.
 */
export function unmatched<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keys: readonly Key<Item>[],
): {
  readonly before: readonly Item[];
  readonly after: readonly Item[];
  readonly pairs: readonly (readonly [Item, Item])[];
} {
  let left = { before, after };
  const pairs: (readonly [Item, Item])[] = [];
  for (const key of keys) {
    const waiting = new Map<string, Item[]>();
    const loose: Item[] = [];
    for (const item of left.before) {
      const name = key(item);
      if (name === undefined) loose.push(item);
      else waiting.set(name, [...(waiting.get(name) ?? []), item]);
    }
    const rest = left.after.filter((item) => {
      const name = key(item);
      const partner = name === undefined ? undefined : waiting.get(name)?.shift();
      if (partner !== undefined) pairs.push([partner, item]);
      return partner === undefined;
    });
    left = { before: [...loose, ...[...waiting.values()].flat()], after: rest };
  }
  return { ...left, pairs };
}
