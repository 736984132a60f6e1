const { jest: j, it } = require('@jest/globals');

it('b', () => {
  j.fn();
});
