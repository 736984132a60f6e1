import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { countryLine, logo } from '@web/country-line';
import { clamp } from '../src/clamp';

vi.mock('../src/format/padded', async (original) => ({
  ...(await original<typeof import('../src/format/padded')>()),
  padded: (text: string) => `<${text}>`,
}));

it('draws a line', () => {
  expect(countryLine({ code: 'CH', name: 'Switzerland', km2: 41_285, borders: [] })).toBe('<Switzerland> 41,285 km² ####');
});

it('clamps', async () => {
  expect(clamp(3, 0, 1)).toBe(1);
  const real = await vi.importActual<typeof import('@web/format/padded')>('@web/format/padded');
  expect(real.padded('a', 3)).toBe('a  ');
});

it('finds its logo', () => {
  expect(existsSync(fileURLToPath(new URL('../src/assets/logo.svg', import.meta.url)))).toBe(true);
  expect(logo.href).toContain('logo.svg');
});
