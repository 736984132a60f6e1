import type { SeenLock } from './catalog.ts';

/** How long each lock on a relation was held at most, in milliseconds. */
export type HeldLock = { readonly oid: number; readonly mode: string; readonly heldMs: number };

/** Keeps the longest hold of each relation and mode since the last `take`. */
export type LockBook = {
  note(lock: HeldLock): void;
  take(): readonly HeldLock[];
};

/** An empty book. */
export function lockBook(): LockBook {
  let held = new Map<string, HeldLock>();
  return {
    note: (lock) => {
      const key = `${lock.oid} ${lock.mode}`;
      const known = held.get(key);
      if (known === undefined || known.heldMs < lock.heldMs) held.set(key, lock);
    },
    take: () => {
      const taken = [...held.values()];
      held = new Map();
      return taken;
    },
  };
}

/** Since when locks are held, from repeated looks: a lock counts from the last look that did not show it. */
export function holdClock(book: LockBook) {
  const since = new Map<string, { readonly lock: SeenLock; readonly fromMs: number }>();
  return {
    see: (locks: readonly SeenLock[], fromMs: number, nowMs: number): void => {
      const keys = new Set(locks.map(keyOf));
      for (const lock of locks) if (!since.has(keyOf(lock))) since.set(keyOf(lock), { lock, fromMs });
      for (const [key, { lock, fromMs: startMs }] of since) {
        book.note({ oid: lock.oid, mode: lock.mode, heldMs: Math.max(0, nowMs - startMs) });
        if (!keys.has(key)) since.delete(key);
      }
    },
  };
}

function keyOf({ pid, oid, mode }: SeenLock): string {
  return `${pid} ${oid} ${mode}`;
}
