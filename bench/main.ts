import { availability } from './availability.ts';
import { backfill } from './backfill.ts';
import { resume } from './resume.ts';
import { start } from './start.ts';
import type { Bench } from './support/bench.ts';
import { parseOptions } from './support/options.ts';

/** One file per bench; each prints one JSON line a result. */
const benches: Readonly<Record<string, Bench>> = { availability, backfill, resume, start };

const [name = '', ...rest] = process.argv.slice(2);
const bench = benches[name];
if (bench === undefined) {
  console.error(`Usage: npm run bench -- NAME [--option value …]\nNAME is one of: ${Object.keys(benches).join(', ')}`);
  process.exitCode = 1;
} else {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new Error('interrupted')));
  const isMet = await bench({
    options: parseOptions(rest),
    signal: stop.signal,
    print: (result) => console.log(JSON.stringify({ bench: name, ...result })),
    note: (text) => console.error(text),
  });
  process.exitCode = isMet ? 0 : 2;
}
