import axios from 'axios';
import { load } from './api.js';

jest.mock('axios', () => ({ get: jest.fn() }));
jest.mock('./send.js', () => jest.fn((data) => data));
jest.mock('./log.js', () => ({ log: (text) => text }));
jest.mock('./clock', () => {
  const actual = jest.requireActual('./clock');
  return function now() {
    return actual.now();
  };
});
jest.mock('./made', () => make());
jest.mock('node:fs', () => ({ readFileSync: () => 'b' }));
jest.mock('not-there', () => ({ a: 1 }), { virtual: true });
jest.mock('./automatic');

test('load', async () => {
  axios.get.mockResolvedValue({ data: 'a' });
  expect(await load('/')).toBe('a');
});
