import assert from 'node:assert/strict';
import { test } from 'node:test';
import { book, cancel } from '../src/booking/index.js';
import { boardingEnds, isPeak } from '../src/domain/calendar.js';
import { fareOf, roundedUp } from '../src/domain/fare.js';
import { pounds } from '../src/cli/pounds.js';
import { ticketLine } from '../src/cli/ticket-line.js';

const at = (day: string) => ({ from: 'Mallaig', to: 'Armadale', leaves: new Date(`${day}T09:20:00Z`) });

test('a crossing costs more in summer', () => {
  assert.equal(isPeak(at('2031-06-14').leaves), true);
  assert.deepEqual([fareOf(at('2031-06-14')), fareOf(at('2031-02-14'))], [2_600, 1_850]);
});

test('boarding ends at a quarter of an hour', () => {
  assert.equal(boardingEnds(at('2031-06-14').leaves), 525);
  assert.equal(roundedUp(30, 15), 30);
});

test('a booking is for its travellers', () => {
  assert.equal(book(at('2031-02-14'), 2).pence, 3_700);
  assert.throws(() => book(at('2031-02-14'), 0), /needs a traveller/);
});

test('half is given back when it is late', () => {
  const late = cancel(book(at('2031-02-14'), 2), new Date('2031-02-14T01:00:00Z'));
  assert.deepEqual(late.refund, { reason: 'late', pence: 1_850 });
  assert.equal(ticketLine(late, pounds), 'Mallaig to Armadale, 2 travellers, £18.50');
});
