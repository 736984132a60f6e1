import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Bench, median, percentile, rounded } from './support/bench.ts';
import { countOf } from './support/options.ts';

const main = join(import.meta.dirname, '../dist/interfaces/cli/main.js');
const goals = { ratio: 1.5 };

/** How long `godwit --version` takes, beside a Node that does nothing; by turns, so that both meet the same weather. */
export const start: Bench = (context) => {
  const rounds = countOf(context.options, 'rounds', 40);
  const times: Readonly<Record<'godwit' | 'node', number[]>> = { godwit: [], node: [] };
  for (let round = 0; round < rounds; round += 1) {
    context.signal.throwIfAborted();
    times.godwit.push(timeOf([main, '--version']));
    times.node.push(timeOf(['-e', '0']));
  }
  const [godwitMs, nodeMs] = [median(times.godwit), median(times.node)];
  const ratio = rounded(median(times.godwit.map((ms, round) => ms / (times.node[round] ?? Number.NaN))));
  const met = { ratio: ratio <= goals.ratio };
  context.print({
    rounds,
    godwitMs: rounded(godwitMs, 1),
    nodeMs: rounded(nodeMs, 1),
    godwitP90Ms: rounded(percentile(times.godwit, 0.9), 1),
    nodeP90Ms: rounded(percentile(times.node, 0.9), 1),
    ratios: { ratio },
    goals,
    met,
  });
  return Promise.resolve(met.ratio);
};

function timeOf(args: readonly string[]): number {
  const startMs = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - startMs;
}
