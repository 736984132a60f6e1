import type { Json } from '#core/canonical';

/** What a bench is given. */
export type BenchContext = {
  /** `--rows 1000` becomes `{ rows: '1000' }`. */
  readonly options: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** One result, one JSON line on stdout. */
  readonly print: (result: Readonly<Record<string, Json>>) => void;
  /** How far it is, on stderr. */
  readonly note: (text: string) => void;
};

/** Measures, prints its results, and says whether they meet the goals. */
export type Bench = (context: BenchContext) => Promise<boolean>;

/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? Number.NaN, sorted[Math.floor(middle)] ?? Number.NaN];
  return (low + high) / 2;
}

/** The value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** Rounded to so many digits after the point. */
export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
