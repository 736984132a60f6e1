/** Latencies of a stretch of time, in milliseconds from the moment an operation was due. */
export type Window = {
  readonly name: string;
  readonly queries: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
};

/** Why a query failed, as the application saw it. */
export type Sample = {
  readonly sqlstate: string;
  readonly message: string;
  readonly version: string;
  readonly operation: string;
};

/** Counts and latencies of a run of the workload. */
export class Measures {
  readonly #windows: { readonly name: string; readonly latencies: number[] }[] = [];
  readonly samples: Sample[] = [];
  queries = 0;
  failed = 0;
  hazards = 0;

  /** Begins a stretch of time that is measured on its own; one of a name that was there before goes on. */
  mark(name: string): void {
    const known = this.#windows.findIndex((window) => window.name === name);
    this.#windows.push(
      known < 0 ? { name, latencies: [] } : (this.#windows.splice(known, 1)[0] ?? { name, latencies: [] }),
    );
  }

  latency(ms: number): void {
    this.#windows.at(-1)?.latencies.push(ms);
  }

  fail(sample: Sample): void {
    this.failed += 1;
    if (this.samples.length < 20) this.samples.push(sample);
  }

  windows(): readonly Window[] {
    return this.#windows.map(({ name, latencies }) => summary(name, latencies));
  }

  /** Several windows as one. */
  over(names: readonly string[]): Window {
    const latencies = this.#windows.filter(({ name }) => names.includes(name)).flatMap((window) => window.latencies);
    return summary(names.join('+'), latencies);
  }
}

function summary(name: string, latencies: readonly number[]): Window {
  const sorted = Float64Array.from(latencies).sort();
  return {
    name,
    queries: sorted.length,
    p50Ms: quantile(sorted, 0.5),
    p99Ms: quantile(sorted, 0.99),
    maxMs: sorted.at(-1) ?? 0,
  };
}

/** Nearest-rank quantile of sorted numbers; 0 where there are none. */
export function quantile(sorted: Float64Array | readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
