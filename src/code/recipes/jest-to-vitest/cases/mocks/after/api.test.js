import axios from 'axios';
import { load } from './api.js';

vi.mock('axios', () => { const mocked = { get: vi.fn() }; return { ...mocked, default: mocked }; });
vi.mock('./send.js', () => ({ default: vi.fn((data) => data) }));
vi.mock('./log.js', () => ({ log: (text) => text }));
vi.mock('./clock', async () => {
  const actual = await vi.importActual('./clock');
  return { default: function now() {
    return actual.now();
  } };
});
vi.mock('./made', () => make());
vi.mock('node:fs', () => ({ readFileSync: () => 'b' }));
vi.mock('not-there', () => ({ a: 1 }), { virtual: true });
vi.mock('./automatic');

test('load', async () => {
  axios.get.mockResolvedValue({ data: 'a' });
  expect(await load('/')).toBe('a');
});
