const one = require('./one');
global.fetch = vi.fn();

test('one', () => {
  expect(one).toBeDefined();
});
