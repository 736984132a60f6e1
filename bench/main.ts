import type { Bench } from './support/bench.ts';
import { parseOptions } from './support/options.ts';

/** One file per bench, loaded when it is wanted; each prints one JSON line a result. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  'api-diff': async () => (await import('./api-diff.ts')).apiDiff,
  availability: async () => (await import('./availability.ts')).availability,
  backfill: async () => (await import('./backfill.ts')).backfill,
  graph: async () => (await import('./graph.ts')).graph,
  lint: async () => (await import('./lint.ts')).lint,
  recipes: async () => (await import('./recipes.ts')).recipes,
  resume: async () => (await import('./resume.ts')).resume,
  start: async () => (await import('./start.ts')).start,
};

const [name = '', ...rest] = process.argv.slice(2);
const load = benches[name];
if (load === undefined) {
  console.error(`Usage: npm run bench -- NAME [--option value …]\nNAME is one of: ${Object.keys(benches).join(', ')}`);
  process.exitCode = 1;
} else {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new Error('interrupted')));
  const bench = await load();
  const isMet = await bench({
    options: parseOptions(rest),
    signal: stop.signal,
    print: (result) => console.log(JSON.stringify({ bench: name, ...result })),
    note: (text) => console.error(text),
  });
  process.exitCode = isMet ? 0 : 2;
}
