/** @param {import('./ledger.js').Entry[]} entries */
export function total(entries) {
  return entries.reduce((sum, { amount }) => sum + amount, 0);
}

/**
 * @template T
 * @param {T[]} values
 * @param {(value: T) => string} key
 * @returns {Map<string, T[]>}
 */
export function groups(values, key) {
  const found = /** @type {Map<string, T[]>} */ (new Map());
  for (const value of values) found.set(key(value), [...(found.get(key(value)) ?? []), value]);
  return found;
}
