import rates from './rates.json';

/** The price of a parcel, in cents. */
function price(grams: number): number {
  return rates.base + Math.ceil(grams / 1000) * rates.perKilogram;
}

export = price;
