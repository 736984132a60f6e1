const stock = new Map<string, { count: number }>();

export function countOf(name: string): number {
  return stock.get(name)?.count ?? 0;
}
