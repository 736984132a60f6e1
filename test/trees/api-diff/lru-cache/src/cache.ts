import LRUCache from 'lru-cache';

const cache = new LRUCache<string, number>({ max: 100, ttl: 1000, updateAgeOnGet: true, dispose: (value, key, reason) => console.log(value, key, reason) });

cache.set('a', 1);
cache.set('b', 2, { ttl: 10 });
export const one: number | undefined = cache.get('a');
export const has = cache.has('b') && cache.peek('b') !== undefined;
cache.delete('a');
cache.clear();
export const size = cache.size + cache.max;

export function all(): string[] {
  const list: string[] = [];
  cache.forEach((value, key) => list.push(`${key}=${value}`));
  for (const [key, value] of cache.entries()) list.push(`${key}${value}`);
  return [...cache.keys(), ...list];
}

export function purge(): boolean {
  cache.purgeStale();
  return cache.getRemainingTTL('a') > 0;
}

export async function load(key: string): Promise<number | undefined> {
  const loading = new LRUCache<string, number>({ max: 10, fetchMethod: async (name, stale, { signal }) => (signal.aborted ? stale : name.length) });
  return loading.fetch(key, { allowStale: true });
}

export const typed: LRUCache.Options<string, number> = { max: 5, maxSize: 10, sizeCalculation: (value) => value };
export class Own extends LRUCache<string, Buffer> {
  override get(key: string): Buffer | undefined {
    return super.get(key);
  }
}
