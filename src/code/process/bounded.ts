/** Calls `work` for every item, at most `width` at a time, and resolves with the results in order. */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  options: { readonly width: number; readonly signal: AbortSignal },
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const entries = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of entries) {
      options.signal.throwIfAborted();
      results.set(index, await work(item));
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.width, items.length) }, worker));
  return items.flatMap((_, index) => {
    const result = results.get(index);
    return result === undefined ? [] : [result];
  });
}
