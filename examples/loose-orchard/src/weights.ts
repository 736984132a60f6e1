/** Kilograms as people read them. */
export function kilograms(grams) {
  return `${(grams / 1000).toFixed(1)} kg`;
}

function heavier(one, other) {
  return one - other > 0;
}

/** The heaviest of some baskets, or nothing where there are none. */
export function heaviest(baskets: number[]): number {
  let best: number = undefined;
  for (const basket of baskets) if (best === undefined || heavier(basket, best)) best = basket;
  return best;
}
