export type Unit = 'm' | 'km' | 'mile';

const factors = new Map<string, number>();

export function register(unit: Unit, factor: number): void {
  factors.set(unit, factor);
}

export function factorOf(unit: Unit): number {
  const factor = factors.get(unit);
  if (factor === undefined) throw new Error(`${unit} is not registered`);
  return factor;
}
