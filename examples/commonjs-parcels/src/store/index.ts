import ms = require('ms');
import { nanoid } from 'nanoid';
import type { Parcel } from '../parcel';
import price = require('../price');

const parcels = new Map<string, Parcel>();

/** How long a parcel is kept, in milliseconds. */
export const keptMs = ms('14 days');

export function add(grams: number): Parcel {
  const parcel = { id: nanoid(8), grams, cents: price(grams) };
  parcels.set(parcel.id, parcel);
  return parcel;
}

export function find(id: string): Parcel | undefined {
  return parcels.get(id);
}
