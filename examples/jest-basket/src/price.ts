export default function price(cents: number): string {
  return `${(cents / 100).toFixed(2)} EUR`;
}
export const tax = (cents: number): number => Math.round(cents * 0.19);
