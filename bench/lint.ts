import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, median, rounded } from './support/bench.ts';
import { migrationFiles } from './support/migration-files.ts';
import { countOf } from './support/options.ts';

const own = join(import.meta.dirname, '../dist/interfaces/cli/main.js');
const squawk = createRequire(import.meta.url).resolve('squawk-cli/js/bin/squawk');
const goals = { throughput: 2, linesPerSecond: 100_000, oneFileOverNodeMs: 150 };

/**
 * `godwit lint` beside squawk on one generated history, both as their users call them and with JSON as their answer; and
 * one file beside a Node that does nothing. By turns, so that all meet the same weather; times are of the wall.
 */
export const lint: Bench = async (context) => {
  const count = countOf(context.options, 'files', 3_000);
  const rounds = countOf(context.options, 'rounds', 5);
  const home = await mkdtemp(join(tmpdir(), 'godwit-bench-'));
  try {
    const files = migrationFiles(count);
    const folder = join(home, 'migrations');
    await mkdir(folder);
    for (const { name, text } of files) await writeFile(join(folder, name), text);
    const one = join(folder, files[1]?.name ?? '');
    const all = (await readdir(folder)).sort().map((name) => join(folder, name));
    const lines = files.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);
    const times: Readonly<Record<'own' | 'squawk' | 'ownOne' | 'squawkOne' | 'node', number[]>> = {
      own: [],
      squawk: [],
      ownOne: [],
      squawkOne: [],
      node: [],
    };
    for (let round = 0; round < rounds; round += 1) {
      context.signal.throwIfAborted();
      times.own.push(timeOf([own, 'lint', folder, '--format', 'json', '--quiet']));
      times.squawk.push(timeOf([squawk, '--reporter', 'json', ...all]));
      times.ownOne.push(timeOf([own, 'lint', one, '--format', 'json', '--quiet']));
      times.squawkOne.push(timeOf([squawk, '--reporter', 'json', one]));
      times.node.push(timeOf(['-e', '0']));
      context.note(
        `round ${round + 1} of ${rounds}: ${rounded(times.own.at(-1) ?? 0, 0)} ms, squawk ${rounded(times.squawk.at(-1) ?? 0, 0)} ms`,
      );
    }
    const ms = Object.fromEntries(Object.entries(times).map(([name, list]) => [name, rounded(median(list), 0)]));
    const throughput = rounded(median(times.squawk) / median(times.own));
    const linesPerSecond = rounded((lines / median(times.own)) * 1_000, 0);
    const oneFileOverNodeMs = rounded(median(times.ownOne) - median(times.node), 0);
    const met = {
      throughput: throughput >= goals.throughput,
      linesPerSecond: linesPerSecond >= goals.linesPerSecond,
      oneFileOverNodeMs: oneFileOverNodeMs <= goals.oneFileOverNodeMs,
    };
    const cores = availableParallelism();
    context.print({
      files: count,
      lines,
      rounds,
      cores,
      ms,
      linesPerSecond,
      oneFileOverNodeMs,
      ratios: { throughput },
      goals,
      met,
    });
    return Object.values(met).every(Boolean);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
};

/** Milliseconds of a program in Node. Both linters end with another code than 0 where they found something. */
function timeOf(args: readonly string[]): number {
  const startMs = performance.now();
  const { status, stderr, error } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (error !== undefined) throw error;
  if (status === null || status > 2 || stderr !== '')
    throw new Error(`node ${args[0]} ended with ${status}: ${stderr.slice(0, 2_000)}`);
  return performance.now() - startMs;
}
