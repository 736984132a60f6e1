import type { Finding } from '#core/finding';
import type { OrderChange } from '../split/evaluation.ts';

const shownMax = 6;

/** Entries from which what modules do when they are loaded is done otherwise than before; those with the same change are told together. Pure. */
export function orderFindings(orders: readonly OrderChange[]): readonly Finding[] {
  const byChange = new Map<string, string[]>();
  for (const { entry, before, after } of orders) {
    const change = changeOf(before, after);
    byChange.set(change, [...(byChange.get(change) ?? []), entry]);
  }
  return [...byChange].map(([change, [entry = '', ...others]]) => ({
    rule: 'layout/order',
    severity: 'warning',
    message: `From ${[entry, ...othersOf(others)].join(' and ')}, what modules run when they are loaded comes otherwise than before: ${change}.`,
    cure: 'Look whether one of them counts on what another one did before.',
    object: entry,
  }));
}

function othersOf(others: readonly string[]): readonly string[] {
  if (others.length < 2) return others;
  return [`${others.length} more (${others.slice(0, 2).join(', ')}${others.length > 2 ? ', …' : ''})`];
}

/** What stands between the modules that both orders begin with and those that both end with. */
function changeOf(before: readonly string[], after: readonly string[]): string {
  const first = before.findIndex((path, at) => path !== after[at]);
  const start = first === -1 ? before.length : first;
  const most = Math.min(before.length, after.length) - start;
  let same = 0;
  while (same < most && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  const part = (all: readonly string[]): string => {
    const rest = all.slice(start, all.length - same);
    const shown = rest.slice(0, shownMax).join(', ');
    return shown === '' ? 'none' : `${shown}${rest.length > shownMax ? ', …' : ''}`;
  };
  return `${part(after)} instead of ${part(before)}`;
}
