import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seed } from '../../test/support/seed.ts';
import { canonicalJson, hashOf, type Json } from './canonical.ts';

const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { maxKeys: 4 }),
  ),
})).value;

describe('canonical JSON', () => {
  it('sorts keys at every depth and leaves out what is undefined', () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: undefined, 'A"': 'é' })).toBe(
      '{"A\\"":"é","b":[{"c":null,"d":1}]}',
    );
  });

  it(`is JSON of the same value (seed ${seed})`, () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed },
    );
  });

  it(`does not depend on the order of keys (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), (value) => {
        expect(hashOf(Object.fromEntries(Object.entries(value).reverse()))).toBe(hashOf(value));
      }),
      { seed },
    );
  });

  it('tells different data apart', () => {
    const all: readonly Json[] = [
      null,
      'null',
      0,
      '0',
      false,
      [],
      {},
      [[]],
      { a: [] },
      { a: '' },
      ['a', 'b'],
      ['a,b'],
      '',
    ];
    expect(new Set(all.map(hashOf)).size).toBe(all.length);
  });
});
