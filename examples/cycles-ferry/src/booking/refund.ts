import { type Booking, isEarly } from './index.js';

/** Takes a booking back: all of it while it is early, half of it afterwards. */
export function cancel(booking: Booking, now: Date): Booking {
  const reason = isEarly(booking, now) ? 'early' : 'late';
  return { ...booking, refund: { reason, pence: reason === 'early' ? booking.pence : booking.pence / 2 } };
}
