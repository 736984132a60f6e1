import { describe, expect, it } from 'vitest';
import { versionPlaces } from './index.ts';

describe.each(versionPlaces.map((place) => [place.id, place] as const))('%s', (_, { example, isIn, find }) => {
  const values = [...example.text.matchAll(/⟦([^⟧]*)⟧/g)].map((match) => match[1]);
  const text = example.text.replaceAll(/[⟦⟧]/g, '');

  it('finds every value of its example, where it stands', () => {
    const found = find(text);
    expect(isIn(example.path)).toBe(true);
    expect(found.map(({ value }) => value)).toEqual(values);
    expect(found.map(({ value, offset }) => text.slice(offset, offset + value.length))).toEqual(values);
  });

  it('finds the same with CRLF and a byte order mark', () => {
    const other = `\uFEFF${text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n')}`;
    const found = find(other);
    expect(found.map(({ value }) => value)).toEqual(values);
    expect(found.map(({ value, offset }) => other.slice(offset, offset + value.length))).toEqual(values);
  });

  it('finds nothing in an empty file, in prose or in bytes of chance', () => {
    expect(find('')).toEqual([]);
    expect(find('node is a runtime; version: unknown\n')).toEqual([]);
    expect(() => find('{"engines": {"node": \u0000 [[[')).not.toThrow();
  });
});
