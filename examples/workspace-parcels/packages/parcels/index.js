import { isParcelId, parcelId } from '@parcels/ids';
import uuid from 'uuid/v4.js';

/** The parcels of a desk, in memory. */
export function openShelf() {
  const parcels = new Map();
  return {
    add({ shop, weightGrams }) {
      if (!(weightGrams > 0)) throw new Error('A parcel weighs something.');
      const parcel = { id: parcelId(), receipt: uuid(), shop, weightGrams, steps: ['taken in'] };
      parcels.set(parcel.id, parcel);
      return parcel;
    },
    find(id) {
      return isParcelId(id) ? parcels.get(id) : undefined;
    },
    step(id, text) {
      const parcel = parcels.get(id);
      if (parcel === undefined) return false;
      parcel.steps.push(text);
      return true;
    },
    remove(id) {
      return parcels.delete(id);
    },
    all: () => [...parcels.values()],
  };
}
