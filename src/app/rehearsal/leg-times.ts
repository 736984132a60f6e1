/** What one leg of a rehearsal took. */
export type LegTime = { readonly name: LegName; readonly ms: number };
export type LegName = 'forward' | 'back' | 'forward again';

/** Measures legs one after another; one that fails counts up to there. */
export type LegTimes = {
  measure<T>(name: LegName, work: () => Promise<T>): Promise<T>;
  all(): readonly LegTime[];
};

export function legTimes(nowMs: () => number): LegTimes {
  const times: LegTime[] = [];
  return {
    measure: async (name, work) => {
      const startMs = nowMs();
      try {
        return await work();
      } finally {
        times.push({ name, ms: nowMs() - startMs });
      }
    },
    all: () => times,
  };
}
