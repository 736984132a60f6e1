import assert from 'node:assert';
import { it, beforeAll as first, describe as suite } from 'vitest';

const describe = (text) => text.trim();

suite('outer', () => {
  first(() => {});
  it('one', () => {});
  suite('inner', () => {
    it('two', () => assert.equal(describe(' a '), 'a'));
  });
  it('three', () => {});
  it('four', () => {});
});

suite('other', () => {
  it('five', () => {});
});
