import type { Ticket } from './ticket-line.js';

/** How money is written on a ticket. */
export type Money = (ticket: Ticket) => string;

/** Pounds and pence of what is left to pay. */
export const pounds: Money = ({ pence, refund }) => `£${((pence - (refund?.pence ?? 0)) / 100).toFixed(2)}`;
