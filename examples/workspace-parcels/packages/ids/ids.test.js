'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { isParcelId, parcelId, shopId } = require('./index.js');

test('every parcel has an id of its own', () => {
  const ids = new Set(Array.from({ length: 100 }, parcelId));
  assert.equal(ids.size, 100);
  for (const id of ids) assert.ok(isParcelId(id), id);
});

test('a shop keeps its id', () => {
  assert.equal(shopId('Kettle & Co'), shopId(' kettle & co '));
  assert.equal(shopId('Kettle & Co'), '3cb22518-b46c-525c-996c-f6826cb61220');
});
