import { v1, v4 as random } from 'uuid';

export type Label = { readonly code: string; readonly printed: string; readonly lines: readonly string[] };

/** What is printed and stuck on a parcel; `printed` sorts by the time of printing on one machine. */
export function makeLabel(parcelId: string, to: readonly string[]): Label {
  if (to.length === 0) throw new Error('A label says where the parcel goes.');
  return { code: random().slice(0, 8).toUpperCase(), printed: v1(), lines: [...to, parcelId] };
}
