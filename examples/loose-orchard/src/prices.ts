const prices = new Map([
  ['apple', 3],
  ['pear', 4],
]);

/** Euros for a harvest of one kind. */
export function priceOf(kind: string, kilos: number): number {
  return prices.get(kind) * kilos;
}
