/**
 * The application of the bench, as a process of its own so that it does not share the measured program's event loop.
 * Arguments: URL, highest id. Says `at work` when connected; at the end of its input says its latencies as JSON.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

const connections = 4;
/** Operations per second, over all connections; due at fixed moments whether or not the server answers. */
const rate = 400;

const [url = '', highest = '1'] = process.argv.slice(2);
const stop = new AbortController();
const latencies: { readonly kind: 'read' | 'write'; readonly ms: number }[] = [];

const clients = await Promise.all(
  Array.from({ length: connections }, async () => {
    const client = new Client({ connectionString: url });
    await client.connect();
    return client;
  }),
);
process.stdin.on('end', () => stop.abort()).resume();
const lanes = clients.map(runLane);
process.stdout.write('at work\n');
await Promise.all(lanes);
await Promise.all(clients.map((client) => client.end()));
process.stdout.write(JSON.stringify(latencies));

/** Reads and writes rows by key, one in two each. Latency counts from the moment an operation was due. */
async function runLane(client: Client, lane: number): Promise<void> {
  const everyMs = (1_000 * connections) / rate;
  const start = performance.now() + (lane * 1_000) / rate;
  for (let turn = 0; !stop.signal.aborted; turn += 1) {
    const due = start + turn * everyMs;
    const waitMs = due - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    const id = 1 + Math.floor(Math.random() * Number(highest));
    const kind = turn % 2 === 0 ? 'read' : 'write';
    if (kind === 'read') await client.query('SELECT id, name, email FROM users WHERE id = $1', [id]);
    else await client.query('UPDATE users SET name = $2 WHERE id = $1', [id, `name ${turn} of ${lane}`]);
    latencies.push({ kind, ms: performance.now() - due });
  }
}
