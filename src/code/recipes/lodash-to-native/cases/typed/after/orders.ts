import type { Order } from './order';

export function totals(orders: Order[] | undefined): number[] {
  return (orders ?? []).filter((order) => order.paid != null).map((order) => order.total);
}

export function names(orders: readonly Order[]): string[] {
  return [...new Set(orders.map((item) => item?.name))];
}

export function notify(orders: Order[], send: (order: Order) => void): void {
  orders.forEach((order) => {
    if ((order.lines ?? []).length === 0) return;
    send(order);
  });
}

export function labels(prices: Record<string, { amount: number }>): string {
  return Object.keys(prices).join(', ');
}

export function city(order: Order): string | undefined {
  return order?.address?.city;
}

export function isText(value: string | number | undefined): boolean {
  return typeof value === 'string' && !value.startsWith('#');
}

export const latest = (orders: Order[] = []): Order | undefined => [orders, orders].flat().at(-1);
export const ids = Array.from({ length: 3 }, (_item, at) => at * 2);
export const merged = (order: Order) => ({ ...order.address, seen: true });
export const size = (order: Order): number => (order.lines ? order.lines.length : 0);
export const rest = (orders: Order[]) => orders.slice(2);
