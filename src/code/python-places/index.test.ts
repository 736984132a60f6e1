import { describe, expect, it } from 'vitest';
import { pythonPlaces } from './index.ts';

describe.each(pythonPlaces.map((place) => [place.id, place] as const))('%s', (_, { example, isIn, find }) => {
  const values = [...example.text.matchAll(/⟦([^⟧]*)⟧/g)].map((match) => match[1]);
  const text = example.text.replaceAll(/[⟦⟧]/g, '');

  it('finds every value of its example, where it stands', () => {
    const found = find(text);
    expect(isIn(example.path)).toBe(true);
    expect(found.map(({ value }) => value)).toEqual(values);
    expect(found.map(({ value, offset }) => text.slice(offset, offset + value.length))).toEqual(values);
  });

  it('finds the same with CRLF', () => {
    const other = text.replaceAll('\n', '\r\n');
    expect(find(other).map(({ value }) => value)).toEqual(values);
  });

  it('finds nothing in prose', () => {
    expect(find('')).toEqual([]);
    expect(find('python is a language; version: unknown\n')).toEqual([]);
  });
});
