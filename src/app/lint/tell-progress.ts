import type { Surroundings } from '../verb.ts';

/** A run that is shorter says nothing. */
const quietMs = 1_000;
/** Whoever listens need not hear more often than eyes can see. */
const everyMs = 100;

/** Counts files and says how far it is, from the first second on. Call what it returns after each file. */
export function tellProgress(
  { on, monotonicMs }: Pick<Surroundings, 'on' | 'monotonicMs'>,
  { what, total }: { readonly what: string; readonly total: number },
): () => void {
  const startMs = monotonicMs();
  let saidMs = startMs + quietMs - everyMs;
  let done = 0;
  return () => {
    done += 1;
    const nowMs = monotonicMs();
    if (nowMs - saidMs < everyMs || done === total) return;
    saidMs = nowMs;
    on({ kind: 'working', what, progress: { done, total, unit: 'files' }, elapsedMs: nowMs - startMs });
  };
}
