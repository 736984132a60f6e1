import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { percentile, rounded } from './bench.ts';

const connections = 4;
/** Operations per second, over all connections; due at fixed moments whether or not the server answers. */
const rate = 400;
const idleMs = 4_000;
const rowsMax = 500_000;

/** 99th percentile of the application's latency in milliseconds, with nothing else going on. */
export async function idleLatency(url: string): Promise<number> {
  return await withTraffic(url, () => sleep(idleMs));
}

/** 99th percentile of the application's latency in milliseconds while `work` goes on. */
export async function withTraffic(url: string, work: () => Promise<void>): Promise<number> {
  const stop = new AbortController();
  const latencies: number[] = [];
  const lanes = Array.from({ length: connections }, (_, lane) =>
    runLane(url, { lane, latencies, signal: stop.signal }),
  );
  try {
    await work();
  } finally {
    stop.abort();
    await Promise.all(lanes);
  }
  return rounded(percentile(latencies, 0.99));
}

type Lane = { readonly lane: number; readonly latencies: number[]; readonly signal: AbortSignal };

/** Reads and writes rows by key, one in two each. Latency counts from the moment an operation was due. */
async function runLane(url: string, { lane, latencies, signal }: Lane): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const everyMs = (1_000 * connections) / rate;
  const start = performance.now() + (lane * 1_000) / rate;
  for (let turn = 0; !signal.aborted; turn += 1) {
    const due = start + turn * everyMs;
    const waitMs = due - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    const id = 1 + Math.floor(Math.random() * rowsMax);
    if (turn % 2 === 0) await client.query('SELECT id, name, email FROM users WHERE id = $1', [id]);
    else await client.query('UPDATE users SET name = $2 WHERE id = $1', [id, `name ${turn} of ${lane}`]);
    latencies.push(performance.now() - due);
  }
  await client.end();
}
