import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { percentile, rounded } from './bench.ts';

const program = join(import.meta.dirname, 'traffic-process.ts');
const latenciesSchema = z.array(z.object({ kind: z.enum(['read', 'write']), ms: z.number() }));

/** What the application saw: times in milliseconds. */
export type Latency = { readonly operations: number; readonly p50: number; readonly p99: number; readonly max: number };

/** The application's latency while `work` goes on, with ids up to `highest`. */
export async function withTraffic(url: string, highest: number, work: () => Promise<void>): Promise<Latency> {
  const args = ['--conditions=source', '--import', 'tsx', program, url, String(highest)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`the application ended with ${code}`)));
  });
  const said = text(child.stdout);
  try {
    await work();
  } finally {
    child.stdin.end();
  }
  return latencyOf(latenciesSchema.parse(JSON.parse(await said)).map(({ ms }) => ms));
}

function latencyOf(times: readonly number[]): Latency {
  const at = (share: number) => rounded(percentile(times, share));
  return { operations: times.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}
