/** Cents as people read them: `49.00 €`. */
export function money(cents: number): string {
  return `${(cents / 100).toFixed(2)} €`;
}
