import { test } from 'node:test';

const jest = { fn: () => 1 };
test('a', (t, done) => {
  jest.fn();
  done();
});
