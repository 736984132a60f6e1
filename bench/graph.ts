import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { type Bench, type BenchContext, median, rounded } from './support/bench.ts';
import { generatedGraph } from './support/generated-graph.ts';
import { type Graph, type Way, ways } from './support/graph-ways.ts';
import { countOf } from './support/options.ts';

const goals = { ratio: 5 };
const compared: readonly Way[] = ['own', 'dependency-cruiser'];
/** Whatever is not done by then is ended, and counts as not measured. */
const limitMs = 600_000;
const graphSchema = z.object({ ms: z.number(), edges: z.array(z.string()) });

/**
 * Files a second from a folder to its module graph: ours, dependency-cruiser and madge, each in a process of its own, over the
 * same tree in the same run. `--tree DIR` takes a real one instead of the generated. The edges are compared, and the first
 * that differ are noted.
 */
export const graph: Bench = async (context) => {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'godwit-bench-')));
  try {
    const { tree } = context.options;
    const root = tree === undefined ? join(home, 'tree') : resolve(tree);
    if (tree === undefined) await generate(root, countOf(context.options, 'files', 3_200));
    return await compare(root, context);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
};

async function generate(root: string, count: number): Promise<void> {
  for (const [path, text] of Object.entries(generatedGraph(count))) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

async function compare(root: string, context: BenchContext): Promise<boolean> {
  const rounds = countOf(context.options, 'rounds', 3);
  const made: Record<Way, Graph[]> = { own: [], 'dependency-cruiser': [], madge: [] };
  for (let round = 0; round < rounds; round += 1) {
    // Madge takes minutes, and one look at it is enough.
    for (const way of round === 0 ? ways : compared) {
      const graph = await inProcess(way, root, context.signal);
      if (graph === undefined) context.note(`${way}: not done after ${limitMs / 1_000} s`);
      else {
        made[way].push(graph);
        context.note(`${way}: ${graph.edges.length} edges in ${rounded(graph.ms, 0)} ms`);
      }
    }
  }
  const edges = (way: Way): ReadonlySet<string> => new Set(made[way][0]?.edges);
  const files = new Set([...edges('own'), ...edges('dependency-cruiser')].flatMap((edge) => edge.split(' → '))).size;
  const rate = (way: Way): number =>
    made[way].length === 0 ? 0 : (files / median(made[way].map(({ ms }) => ms))) * 1_000;
  const ratio = rounded(rate('own') / rate('dependency-cruiser'));
  const differ = (one: Way, other: Way): readonly string[] => [...edges(one)].filter((edge) => !edges(other).has(edge));
  const [more, less] = [differ('own', 'dependency-cruiser'), differ('dependency-cruiser', 'own')];
  for (const edge of more.slice(0, 10)) context.note(`only ours: ${edge}`);
  for (const edge of less.slice(0, 10)) context.note(`only dependency-cruiser's: ${edge}`);
  const met = { ratio: ratio >= goals.ratio };
  context.print({
    files,
    cores: availableParallelism(),
    edges: { own: edges('own').size, dependencyCruiser: edges('dependency-cruiser').size, madge: edges('madge').size },
    onlyOwn: more.length,
    onlyDependencyCruiser: less.length,
    missingInMadge: differ('own', 'madge').length,
    filesPerSecond: {
      own: rounded(rate('own'), 0),
      dependencyCruiser: rounded(rate('dependency-cruiser'), 0),
      madge: rounded(rate('madge'), 0),
    },
    ratios: { ratio, ...(made.madge.length === 0 ? {} : { madge: rounded(rate('own') / rate('madge')) }) },
    goals,
    met,
  });
  return met.ratio;
}

async function inProcess(way: Way, root: string, signal: AbortSignal): Promise<Graph | undefined> {
  const script = join(import.meta.dirname, 'support/graph-process.ts');
  const args = ['--conditions=source', '--import', import.meta.resolve('tsx'), script, way, root];
  const limit = AbortSignal.timeout(limitMs);
  try {
    const options = { signal: AbortSignal.any([signal, limit]), maxBuffer: 1 << 28 };
    const { stdout } = await promisify(execFile)(process.execPath, args, options);
    return graphSchema.parse(JSON.parse(stdout));
  } catch (error) {
    if (limit.aborted && !signal.aborted) return undefined;
    throw error;
  }
}
