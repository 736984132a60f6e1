import { findCountry } from '@atlas/geo';

/** @type {import('./country.ts').Country} is what each code stands for. */
export function borders(code: string): readonly string[] {
  return findCountry(code)?.borders ?? [];
}
