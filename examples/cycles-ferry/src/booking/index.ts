export { book, type Booking, isEarly, type Refund } from './booking.js';
export { cancel } from './refund.js';
