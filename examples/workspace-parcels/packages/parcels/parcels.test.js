import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openShelf } from './index.js';

test('a parcel is found by its id, and goes', () => {
  const shelf = openShelf();
  const { id, receipt } = shelf.add({ shop: 'Kettle & Co', weightGrams: 700 });
  assert.equal(receipt.length, 36);
  assert.ok(shelf.step(id, 'sorted'));
  assert.deepEqual(shelf.find(id).steps, ['taken in', 'sorted']);
  assert.ok(shelf.remove(id));
  assert.equal(shelf.find(id), undefined);
});

test('what weighs nothing is no parcel', () => {
  assert.throws(() => openShelf().add({ shop: 'x', weightGrams: 0 }), /weighs something/);
});
