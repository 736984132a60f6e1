import type { Money } from 'model/money';

export interface Entry {
  id: string;
  at: Date;
  amount: Money;
  tags: Set<string>;
}
