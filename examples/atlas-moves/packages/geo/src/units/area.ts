import type { Country } from '../country.ts';
import { factorOf } from '#units/unit';

export function area({ km2 }: Pick<Country, 'km2'>): number {
  return km2 * factorOf('km') ** 2;
}
