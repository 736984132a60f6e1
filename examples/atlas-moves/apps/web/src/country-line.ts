import type { Country } from '@atlas/geo';
import { clamp } from './clamp';
import { formatNumber } from '@web/format/number';
import * as format from './format';

export const logo = new URL('./assets/logo.svg', import.meta.url);

export function countryLine({ name, km2 }: Country): string {
  const share = clamp(km2 / 100_000, 0, 1);
  return `${format.padded(name, 14)} ${formatNumber(km2)} km² ${'#'.repeat(Math.round(share * 10))}`;
}
