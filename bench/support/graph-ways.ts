import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import * as z from 'zod';
import { diskTree } from '#code/engine/disk-tree';
import { edgesOf, readNames } from '#code/graph/module-graph';
import { runProcess } from '#code/process/run-process';

export const ways = ['own', 'dependency-cruiser', 'madge'] as const;
export type Way = (typeof ways)[number];

/** What a way made of a tree: its edges as `from → to`, paths from the root, each once. */
export type Graph = { readonly ms: number; readonly edges: readonly string[] };

const scripts = /\.[cm]?[jt]sx?$/;

/** From a folder to its module graph, by one of the ways; its library is loaded before the clock starts. */
export async function graphBy(way: Way, root: string, signal: AbortSignal): Promise<Graph> {
  process.chdir(root);
  await libraries[way]();
  const startMs = performance.now();
  const edges = await { own: ownGraph, 'dependency-cruiser': cruised, madge: madgeGraph }[way](root, signal);
  const ms = performance.now() - startMs;
  return {
    ms,
    edges: [
      ...new Set(edges.filter(([from, to]) => scripts.test(from) && scripts.test(to)).map((edge) => edge.join(' → '))),
    ].sort(),
  };
}

const require = createRequire(import.meta.url);

const libraries: Readonly<Record<Way, () => unknown>> = {
  own: () => undefined,
  'dependency-cruiser': () => import('dependency-cruiser'),
  madge: () => require('madge'),
};

type Pair = readonly [from: string, to: string];

async function ownGraph(root: string, signal: AbortSignal): Promise<readonly Pair[]> {
  const tree = await diskTree({ root, runProcess, env: process.env, signal });
  const { names, index } = await readNames(tree, signal);
  return edgesOf(names, index).flatMap(({ from, reach }) =>
    reach === undefined ? [] : [[from, reach.target] as const],
  );
}

const cruiseSchema = z.object({
  output: z.object({
    modules: z.array(
      z.object({
        source: z.string(),
        dependencies: z.array(
          z.object({ resolved: z.string(), couldNotResolve: z.boolean(), coreModule: z.boolean() }),
        ),
      }),
    ),
  }),
});

/** Asked for the same: type-only imports too, nothing of node_modules. Its paths are from the working directory. */
async function cruised(root: string): Promise<readonly Pair[]> {
  const { cruise } = await import('dependency-cruiser');
  const { default: extractTsConfig } = await import('dependency-cruiser/config-utl/extract-ts-config');
  const config = { fileName: join(root, 'tsconfig.json') };
  const answer = await cruise(
    ['.'],
    { tsPreCompilationDeps: true, tsConfig: config, exclude: { path: '(^|/)(node_modules|dist|coverage)/' } },
    undefined,
    { tsConfig: extractTsConfig(config.fileName) },
  );
  const { output } = cruiseSchema.parse(answer);
  return output.modules.flatMap(({ source, dependencies }) =>
    dependencies.flatMap(({ resolved, couldNotResolve, coreModule }) =>
      couldNotResolve || coreModule ? [] : [[source, resolved] as const],
    ),
  );
}

const madgeSchema = z.object({
  obj: z.custom<() => Readonly<Record<string, readonly string[]>>>((value) => typeof value === 'function'),
});

async function madgeGraph(root: string): Promise<readonly Pair[]> {
  const madge: unknown = require('madge');
  const call = z
    .custom<(path: string, options: object) => Promise<unknown>>((value) => typeof value === 'function')
    .parse(madge);
  const found: unknown = await call(root, {
    fileExtensions: ['js', 'jsx', 'mjs', 'cjs', 'ts', 'tsx', 'mts', 'cts'],
    tsConfig: join(root, 'tsconfig.json'),
    excludeRegExp: [/(^|\/)(node_modules|dist|coverage)\//],
    baseDir: root,
  });
  const graph = z.record(z.string(), z.array(z.string())).parse(madgeSchema.parse(found).obj.call(found));
  return Object.entries(graph).flatMap(([from, all]) =>
    all.map((to) => [relative(root, join(root, from)), to] as const),
  );
}
