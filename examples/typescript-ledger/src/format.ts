import type { Money } from '@model/money';

module Format {
  export function money(amount: Money): string {
    return (amount.cents / 100).toFixed(2) + ' ' + amount.currency;
  }

  export function list(names: Iterable<string>): string {
    return [...names].sort().join(', ');
  }
}

export = Format;
