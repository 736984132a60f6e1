import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { areaOf, bordersOf, findCountry, inMetres } from '@atlas/geo';
import { factorOf } from '@atlas/geo/units/unit';
import type { Distance } from '../src/units/distance.ts';

it('measures', () => {
  const distance: Distance = { value: 2, unit: 'km' };
  expect(inMetres(distance)).toBe(2_000);
  expect(areaOf({ km2: 1 })).toBe(factorOf('km') ** 2);
  expect(findCountry('PT')?.name).toBe('Portugal');
});

it('knows borders', async () => {
  expect(await bordersOf('LI')).toEqual(['CH', 'AT']);
});

it('has its data where it says', () => {
  expect(existsSync(fileURLToPath(new URL('../src/data/countries.json', import.meta.url)))).toBe(true);
});
