import { book, cancel } from '../booking/index.js';
import { boardingEnds } from '../domain/calendar.js';
import { pounds } from './pounds.js';
import { ticketLine } from './ticket-line.js';

const crossing = { from: 'Mallaig', to: 'Armadale', leaves: new Date('2031-06-14T09:20:00Z') };
const booking = book(crossing, 3);

console.log(ticketLine(booking, pounds));
console.log(`Boarding ends at minute ${boardingEnds(crossing.leaves)}.`);
console.log(ticketLine(cancel(booking, new Date('2031-06-14T02:00:00Z')), pounds));
