export { book, type Booking, isEarly } from './booking.js';
export { cancel, type Refund } from './refund.js';
