import type { Booking } from '../booking/index.js';

/** A booking in one line. */
export function ticketLine({ crossing, travellers, pence, refund }: Booking): string {
  const paid = (pence - (refund?.pence ?? 0)) / 100;
  return `${crossing.from} to ${crossing.to}, ${travellers} travellers, £${paid.toFixed(2)}`;
}
