import type { Booking } from '../booking/index.js';
import type { Money } from './pounds.js';

export type Ticket = Pick<Booking, 'crossing' | 'travellers' | 'pence' | 'refund'>;

/** A ticket in one line. */
export function ticketLine(ticket: Ticket, money: Money): string {
  const { crossing, travellers } = ticket;
  return `${crossing.from} to ${crossing.to}, ${travellers} travellers, ${money(ticket)}`;
}
