import './units/register.ts';

export type { Country } from './country.ts';
export { countries, findCountry } from './country.ts';
export * from './units/distance.ts';
export { area as areaOf } from './units/area.ts';

/** Loaded when it is wanted: most callers need no borders. */
export async function bordersOf(code: string): Promise<readonly string[]> {
  const { borders } = await import('./borders.ts');
  return borders(code);
}
