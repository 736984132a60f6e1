/** An amount in cents. */
export interface Money {
  cents: number;
  currency: 'EUR' | 'CHF';
}
