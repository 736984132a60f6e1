import data from '#data/countries.json' with { type: 'json' };

export type Country = { readonly code: string; readonly name: string; readonly km2: number; readonly borders: readonly string[] };

export const countries: readonly Country[] = data;

export function findCountry(code: string): Country | undefined {
  return countries.find((one) => one.code === code);
}
