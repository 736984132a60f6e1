/** How many rows the next batch shall have, and what recent batches took per row in milliseconds. */
export type BatchSize = { readonly rows: number; readonly recent: readonly number[] };

/** Bounds of a batch in rows. */
export type SizeLimits = { readonly rowsFirst: number; readonly rowsMin: number; readonly rowsMax: number };

export const defaultSizeLimits: SizeLimits = { rowsFirst: 500, rowsMin: 50, rowsMax: 50_000 };

const growthMax = 1.5;
const farOver = 5;
const recentMax = 10;

/** The size with which a walk begins: small, because nothing has been measured. */
export function firstSize(limits: SizeLimits): BatchSize {
  return { rows: limits.rowsFirst, recent: [] };
}

/** What a batch was asked for, and what it was. `rows` were passed over, changed or not. */
export type Measured = { readonly rows: number; readonly ms: number; readonly targetMs: number };

/**
 * The size after a batch: what fits into `targetMs` by the 90th percentile of the last ten batches; growing at most by
 * half, a tenth at once after a batch that took more than five times its own target.
 */
export function nextSize(
  size: BatchSize,
  batch: Measured,
  next: SizeLimits & { readonly targetMs: number },
): BatchSize {
  if (batch.rows === 0) return size;
  if (batch.ms > farOver * batch.targetMs) return { rows: within(next, size.rows / 10), recent: [] };
  const recent = [...size.recent, batch.ms / batch.rows].slice(-recentMax);
  const fitting = next.targetMs / percentile90(recent);
  return { rows: within(next, Math.min(fitting, size.rows * growthMax)), recent };
}

/** Half the size, after a batch that did not come to its end. */
export function halfSize(size: BatchSize, limits: SizeLimits): BatchSize {
  return { rows: within(limits, size.rows / 2), recent: [] };
}

function percentile90(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.max(1e-6, sorted[Math.ceil(sorted.length * 0.9) - 1] ?? 1);
}

function within({ rowsMin, rowsMax }: SizeLimits, rows: number): number {
  return Math.round(Math.min(rowsMax, Math.max(rowsMin, rows)));
}
