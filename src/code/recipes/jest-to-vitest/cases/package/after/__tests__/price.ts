/**
 * @vitest-environment jsdom
 */
import price, { tax } from '../src/price';

test('price', () => {
  document.body.textContent = price(250);
  expect(document.body.textContent).toBe('2.50 EUR');
});

test.each([
  [100, 19],
  [200, 38],
])('tax of %i', (cents, expected) => {
  expect(tax(cents)).toBe(expected);
});

test('an error is handed on', () => new Promise<void>((resolve, reject) => {
  const done = (error?: unknown) => (error ? reject(error) : resolve());
  const ask = (answer: (error?: Error) => void): void => answer();
  ask(done);
}));
