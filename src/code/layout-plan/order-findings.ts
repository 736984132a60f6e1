import type { Finding } from '#core/finding';
import type { OrderChange } from '../split/evaluation.ts';

const shownMax = 6;

/** Entries from which what modules do when they are loaded is done otherwise than before. Pure. */
export function orderFindings(orders: readonly OrderChange[]): readonly Finding[] {
  return orders.map(({ entry, before, after }) => ({
    rule: 'layout/order',
    severity: 'warning',
    message: `From ${entry}, what modules run when they are loaded comes otherwise than before: ${changeOf(before, after)}.`,
    cure: 'Look whether one of them counts on what another one did before.',
    object: entry,
  }));
}

function changeOf(before: readonly string[], after: readonly string[]): string {
  const first = before.findIndex((path, at) => path !== after[at]);
  const start = first === -1 ? before.length : first;
  const part = (all: readonly string[]): string => {
    const rest = all.slice(start);
    const shown = rest.slice(0, shownMax).join(', ');
    return shown === '' ? 'none' : `${shown}${rest.length > shownMax ? ', …' : ''}`;
  };
  return `${part(after)} instead of ${part(before)}`;
}
