const { describe: group, it } = require('mocha');

group('classic', () => {
  it('one', () => {});
});
