const one = require('./one');
global.fetch = jest.fn();

test('one', () => {
  expect(one).toBeDefined();
});
