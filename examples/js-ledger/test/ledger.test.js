import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ledger } from '../src/ledger.js';
import { column, money, parse } from '../src/money.js';
import { age } from '../src/report.js';
import { groups } from '../src/totals.js';

test('reads entries and adds them up', () => {
  const ledger = Ledger.read('rent -900\nwages 2100\n');
  assert.deepEqual(Object.keys(ledger), ['entries', 'added']);
  assert.equal(ledger.balance(), 120_000);
  assert.equal(ledger.balance(({ amount }) => amount < 0), -90_000);
});

test('shows money', () => {
  assert.equal(money(parse('12,5')), '12.50 EUR');
  assert.equal(money(-5, { currency: 'CHF' }), '-0.05 CHF');
  assert.equal(money(5, { sign: true }), '+0.05 EUR');
});

test('groups, and takes columns', () => {
  const groupsOfTwo = groups(['a', 'b', 'a'], value => value);
  assert.deepEqual([...groupsOfTwo.keys()], ['a', 'b']);
  assert.deepEqual(column([{ x: 1 }, { x: 2 }], 'x'), [1, 2]);
  assert.ok(age > 0);
});
