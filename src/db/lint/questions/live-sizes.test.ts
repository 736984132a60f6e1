import { expect, test } from 'vitest';
import { bytesInWords, secondsInWords } from './live-sizes.ts';

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_500, '1.5 kB'],
  [640_000_000, '640 MB'],
  [3_240_000_000, '3.2 GB'],
  [12_000_000_000_000, '12 TB'],
])('%i bytes are %s', (bytes, words) => {
  expect(bytesInWords(bytes)).toBe(words);
});

test.each([
  [0.2, '1 second'],
  [40, '40 seconds'],
  [180, '3 minutes'],
  [7_200, '2 hours'],
])('%d s are %s', (seconds, words) => {
  expect(secondsInWords(seconds)).toBe(words);
});
