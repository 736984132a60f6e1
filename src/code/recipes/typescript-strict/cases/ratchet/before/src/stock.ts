const stock = new Map<string, { count: number }>();

/** What may be missing is read, which types do not mend. */
export function countOf(name: string): number {
  return stock.get(name).count;
}
