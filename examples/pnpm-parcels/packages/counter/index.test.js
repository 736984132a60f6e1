const { equal } = require('node:assert/strict');
const { test } = require('node:test');
const { isLate, waited } = require('./index.js');

test('a parcel is late after two days', () => {
  equal(isLate(1_000), false);
  equal(isLate(3 * 86_400_000), true);
  equal(waited(3 * 86_400_000), '3d');
});
