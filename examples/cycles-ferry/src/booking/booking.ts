import { type Crossing, fareOf } from '../domain/fare.js';

export type Refund = { readonly pence: number; readonly reason: 'early' | 'late' };

export type Booking = {
  readonly crossing: Crossing;
  readonly travellers: number;
  readonly pence: number;
  readonly refund?: Refund;
};

/** Books a crossing for so many travellers. */
export function book(crossing: Crossing, travellers: number): Booking {
  if (travellers < 1) throw new RangeError('A booking needs a traveller.');
  return { crossing, travellers, pence: fareOf(crossing) * travellers };
}

/** True where a day and more are left. */
export function isEarly({ crossing }: Booking, now: Date): boolean {
  return crossing.leaves.getTime() - now.getTime() >= 24 * 60 * 60 * 1_000;
}
