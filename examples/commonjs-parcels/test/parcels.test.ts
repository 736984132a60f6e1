import assert from 'node:assert/strict';
import { test } from 'node:test';
import price from '../src/price';
import * as store from '../src/store';

test('a parcel costs its base and its weight', () => {
  assert.equal(price(2500), 390 + 3 * 120);
});

test('a parcel is found again', () => {
  const { id, cents } = store.add(900);
  assert.deepEqual(store.find(id), { id, grams: 900, cents });
  assert.equal(store.find('none'), undefined);
});

test('parcels are kept for two weeks', () => {
  assert.equal(store.keptMs, 14 * 24 * 60 * 60 * 1000);
});
