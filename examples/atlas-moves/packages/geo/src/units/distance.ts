import { factorOf, type Unit } from './unit.ts';

export type Distance = { readonly value: number; readonly unit: Unit };

export function inMetres({ value, unit }: Distance): number {
  return value * factorOf(unit);
}
