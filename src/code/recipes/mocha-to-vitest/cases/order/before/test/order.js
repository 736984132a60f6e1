import assert from 'node:assert';
import { before as first, describe as suite, it } from 'mocha';

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
