export type Price = { cents: number };

/** Others read the price at once, so that its type cannot say that it may be missing. */
export let price: Price = null;

export function setPrice(cents) {
  price = { cents: cents * 1 };
}

export function shown(): string {
  return `${price.cents}`;
}
