import assert from 'node:assert/strict';
import { test } from 'node:test';
import { between, hours, isDate, nextDays, weekOf } from '../src/diary.js';
import { head } from '../src/page.js';

test('names the days, over the end of February', () => {
  assert.deepEqual(nextDays('2028-02-28', 3), ['Monday, February 28th', 'Tuesday, February 29th', 'Wednesday, March 1st']);
});

test('knows the week of a date, over the end of a year', () => {
  assert.equal(weekOf('2027-01-01'), '2026-W53: 28.12.–03.01.');
});

test('counts months and days', () => {
  assert.deepEqual(between('2027-01-31', '2027-03-02'), { months: 1, days: 2, isAfter: true });
});

test('counts hours', () => {
  assert.equal(hours('2027-01-01T08:00:00Z', '2027-01-01T17:30:00Z'), 9.5);
});

test('takes only dates that exist', () => {
  assert.deepEqual(['29.02.2028', '29.02.2027', '1.2.2027', 'soon'].map(isDate), [true, false, false, false]);
});

test('writes the head of a page', () => {
  assert.equal(head('2027-05-04T14:30:00Z', '2027-05-04T20:00:00Z'), 'Today at 2:30 PM');
});
