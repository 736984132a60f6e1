import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Item } from '../src/item.js';
import { allTags, hasPlace, label, namesInStock, report, rowOf, total } from '../src/stock.js';

const bolt: Item = { name: ' bolt ', count: 3, tags: ['steel', 'm4'], shelf: { row: 'a', place: 2 } };
const nut: Item = { name: 'nut', count: 0, shelf: null };

test('names each item that is there once', () => {
  assert.deepEqual(namesInStock([bolt, nut, bolt]), [' bolt ']);
  assert.deepEqual(namesInStock(undefined), []);
});

test('lists tags', () => assert.deepEqual(allTags([bolt, nut]), ['steel', 'm4']));

test('finds a row', () => {
  assert.equal(rowOf(bolt), 'a');
  assert.equal(rowOf(nut), undefined);
});

test('knows places', () => assert.deepEqual([bolt, nut].map(hasPlace), [true, false]));

test('counts', () => assert.equal(total([bolt, nut]), 3));

test('labels', () => assert.deepEqual([bolt, nut].map(label), ['bolt (steel, m4)', 'nut']));

test('reports', () => {
  const lines: string[] = [];
  report([bolt, nut], (line) => lines.push(line));
  assert.deepEqual(lines, ['bolt (steel, m4)', 'nut', 'last: nut']);
});
