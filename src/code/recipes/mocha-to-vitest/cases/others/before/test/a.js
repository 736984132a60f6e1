const { describe, it, before } = require('node:test');
describe('a', () => {
  before(() => {});
  it('b', (t, done) => done());
});
