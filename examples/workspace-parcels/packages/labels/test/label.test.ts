import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeLabel } from '../src/label';

test('a label has a short code and ends with the id', () => {
  const { code, printed, lines } = makeLabel('parcel-1', ['Anna Example', '1 Long Street']);
  assert.match(code, /^[0-9A-F]{8}$/);
  assert.equal(printed.charAt(14), '1');
  assert.deepEqual(lines, ['Anna Example', '1 Long Street', 'parcel-1']);
});

test('a label without an address is refused', () => {
  assert.throws(() => makeLabel('parcel-1', []), /where the parcel goes/);
});
