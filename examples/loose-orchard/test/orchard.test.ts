import assert from 'node:assert/strict';
import { test } from 'node:test';
import { priceOf } from '../src/prices.js';
import { readTrees, report } from '../src/report.js';
import { isBearing, plant } from '../src/tree.js';
import { heaviest, kilograms } from '../src/weights.js';

test('a tree bears fruit after four years, and has no harvest before', () => {
  const tree = plant('apple', 2027);
  assert.deepEqual([isBearing(tree, 2030), isBearing(tree, 2031)], [false, true]);
  assert.equal(tree.lastHarvest, null);
});

test('weights are read by people', () => {
  assert.equal(kilograms(12_340), '12.3 kg');
  assert.deepEqual([heaviest([3, 9, 4]), heaviest([])], [9, undefined]);
});

test('a report names what was harvested', () => {
  const apple = { ...plant('apple', 2020), lastHarvest: 40 };
  assert.deepEqual(report([apple, plant('pear', 2030)]), ['apple: 120 EUR']);
  assert.equal(priceOf('pear', 2), 8);
  assert.deepEqual(readTrees('nonsense'), []);
});
