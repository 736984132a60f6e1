import { performance } from 'node:perf_hooks';
import type { Client } from 'pg';
import { type Audit, audit } from './audit.ts';
import { Lane } from './lane.ts';
import { Ledger } from './ledger.ts';
import { Measures } from './measures.ts';
import { type AppVersion, defaultMix, type Mix, type Random, randomFrom, type WorkloadShape } from './shape.ts';

/** How the application behaves. */
export type WorkloadOptions = {
  readonly url: string;
  readonly shape: WorkloadShape;
  /** Versions that run at the start, with their weights. */
  readonly versions: readonly Weighted[];
  readonly connections: number;
  /** Operations per second over all connections, due at fixed moments whether or not the server answers. */
  readonly rate: number;
  readonly seed: number;
  readonly named?: ReadonlySet<string>;
  readonly mix?: Mix;
  /** Only rows up to this one are worked on; all where left out. */
  readonly rowsMax?: number;
};
export type Weighted = { readonly version: AppVersion; readonly weight: number };

/** A running application. */
export type Workload = {
  readonly measures: Measures;
  readonly ledger: Ledger;
  /** From the next operation on these versions run. */
  switchTo(versions: readonly Weighted[]): void;
  /** Holds the application: resolves when every operation under way is answered, and none begins before `go`. */
  hold(): Promise<void>;
  go(): void;
  /** Ends the application when everything under way is answered. */
  stop(): Promise<void>;
  /** Compares the whole table with the ledger as `version` sees it. Only while held or after `stop`. */
  audit(version: AppVersion): Promise<Audit>;
  close(): Promise<void>;
};

/**
 * Starts the proving workload: open-loop, with a ledger of acknowledged writes outside the
 * database. Latency counts from the moment an operation was due, so a wait is not hidden by the operations that it
 * keeps from being sent (Gil Tene, "coordinated omission").
 */
export async function startWorkload(options: WorkloadOptions): Promise<Workload> {
  const ledger = new Ledger(options.shape);
  const measures = new Measures();
  const clients = await connectAll(options);
  const state: State = { versions: options.versions, isStopping: false, isHeld: false, held: 0, turns: 0 };
  measures.mark('start');
  const running = clients.map((client, number) => {
    const random = randomFrom(options.seed * 1_000 + number);
    const lane = new Lane(
      {
        number,
        of: clients.length,
        shape: options.shape,
        ledger,
        measures,
        random,
        mix: options.mix ?? defaultMix,
        named: options.named ?? new Set(),
        rowsMax: options.rowsMax ?? options.shape.rows,
        choose: (source) => chooseVersion(state.versions, source),
        turn: () => (state.turns += 1),
      },
      client,
    );
    return runLane(lane, state, { everyMs: (1_000 * clients.length) / options.rate, random });
  });
  const finished = Promise.all(running);
  return {
    measures,
    ledger,
    switchTo: (versions) => {
      state.versions = versions;
    },
    hold: async () => {
      state.isHeld = true;
      while (state.held < clients.length && !state.isStopping) await moment();
    },
    go: () => {
      state.isHeld = false;
    },
    stop: async () => {
      state.isStopping = true;
      await finished;
    },
    audit: (version) => audit(firstOf(clients), { version, shape: options.shape, ledger }),
    close: async () => {
      state.isStopping = true;
      await finished;
      await Promise.all(clients.map((client) => client.end()));
    },
  };
}

type State = { versions: readonly Weighted[]; isStopping: boolean; isHeld: boolean; held: number; turns: number };

function moment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

/** Operations are due at moments of a Poisson process, and are done in that order, late or not. */
async function runLane(
  lane: Lane,
  state: State,
  { everyMs, random }: { readonly everyMs: number; readonly random: Random },
): Promise<void> {
  let dueMs = performance.now() + random() * everyMs;
  while (!state.isStopping) {
    if (state.isHeld) {
      state.held += 1;
      while (state.isHeld && !state.isStopping) await moment();
      state.held -= 1;
      dueMs = performance.now();
    }
    const early = dueMs - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    // A timer fires up to a millisecond late by its own grain; that is no wait of the application.
    const startMs = performance.now();
    await lane.work(startMs - dueMs < 2 ? startMs : dueMs);
    dueMs += -Math.log(1 - random()) * everyMs;
  }
}

function chooseVersion(versions: readonly Weighted[], random: Random): AppVersion {
  let left = random() * versions.reduce((sum, { weight }) => sum + weight, 0);
  for (const { version, weight } of versions) {
    left -= weight;
    if (left < 0) return version;
  }
  const [first] = versions;
  if (first === undefined) throw new Error('a workload needs at least one version of the application');
  return first.version;
}

async function connectAll({ url, connections }: WorkloadOptions): Promise<readonly Client[]> {
  const { default: pg } = await import('pg');
  return Promise.all(
    Array.from({ length: connections }, async (_, number) => {
      const client = new pg.Client({ connectionString: url, application_name: `application ${number}` });
      client.on('error', () => undefined);
      await client.connect();
      return client;
    }),
  );
}

function firstOf(clients: readonly Client[]): Client {
  const [first] = clients;
  if (first === undefined) throw new Error('a workload needs at least one connection');
  return first;
}
