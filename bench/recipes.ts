import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { runRecipeOn } from '#app/recipes/run-recipe';
import { writeChanges } from '#app/recipes/write-changes';
import { singlePackage } from '#code/codemod/single-package';
import type { RecipeSource } from '#code/recipe-kit/recipe-source';
import { type Bench, type BenchContext, median, rounded } from './support/bench.ts';
import { countOf } from './support/options.ts';
import { generatedModule, jscodeshiftTransform, jssgTransform, renameRecipe } from './support/rename-transforms.ts';

const goals = { ratio: 10 };
type Way = 'own' | 'jssg' | 'jscodeshift';

/**
 * Files a second on the same rename: a recipe of ours, a transform in the public format in its fenced process, and
 * jscodeshift with its own workers. Each reads and writes the same generated tree; the results are compared.
 */
export const recipes: Bench = async (context) => {
  const files = countOf(context.options, 'files', 2_000);
  const rounds = countOf(context.options, 'rounds', 3);
  const home = await mkdtemp(join(tmpdir(), 'godwit-bench-'));
  try {
    const met: boolean[] = [];
    for (const every of [1, 10]) {
      const source = join(home, `every-${every}`);
      await generate(source, { files, every });
      met.push(await compare(source, { home, files, every, rounds, context }));
    }
    return met.every(Boolean);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
};

async function generate(
  folder: string,
  { files, every }: { readonly files: number; readonly every: number },
): Promise<void> {
  await mkdir(join(folder, 'src'), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "name": "generated", "type": "module" }\n');
  for (let index = 0; index < files; index += 1) {
    await writeFile(join(folder, 'src', `module-${index}.ts`), generatedModule(index, index % every === 0));
  }
}

type Compared = {
  readonly home: string;
  readonly files: number;
  readonly every: number;
  readonly rounds: number;
  readonly context: BenchContext;
};

async function compare(source: string, { home, files, every, rounds, context }: Compared): Promise<boolean> {
  const ways: Readonly<Record<Way, (folder: string) => Promise<void>>> = await waysIn(home, context.signal);
  const rates: Readonly<Record<Way, number[]>> = { own: [], jssg: [], jscodeshift: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const way of ['own', 'jssg', 'jscodeshift'] as const) {
      context.signal.throwIfAborted();
      const folder = join(home, `${way}-${every}-${round}`);
      await cp(source, folder, { recursive: true });
      const startMs = performance.now();
      await ways[way](folder);
      rates[way].push((files / (performance.now() - startMs)) * 1_000);
      await expectRenamed(folder, way);
      await rm(folder, { recursive: true });
      context.note(`${way}, one of ${every} files: ${rounded(rates[way].at(-1) ?? 0, 0)} files/s`);
    }
  }
  const [own, jssg, other] = [median(rates.own), median(rates.jssg), median(rates.jscodeshift)];
  const ratio = rounded(own / other);
  const met = { ratio: ratio >= goals.ratio };
  context.print({
    files,
    changed: Math.ceil(files / every),
    cores: availableParallelism(),
    filesPerSecond: { own: rounded(own, 0), jssg: rounded(jssg, 0), jscodeshift: rounded(other, 0) },
    ratios: { ratio, jssg: rounded(jssg / other) },
    goals,
    met,
  });
  return met.ratio;
}

/** The first file uses what is renamed; 24 calls and the import. */
async function expectRenamed(folder: string, way: Way): Promise<void> {
  const text = await readFile(join(folder, 'src/module-0.ts'), 'utf8');
  const expected = generatedModule(0, true).replaceAll('oldName', 'newName');
  if (text !== expected) throw new Error(`${way} did not rename as it should: ${text.slice(0, 200)}`);
}

async function waysIn(
  home: string,
  signal: AbortSignal,
): Promise<Readonly<Record<Way, (folder: string) => Promise<void>>>> {
  const scripts = join(home, 'transforms');
  await mkdir(scripts, { recursive: true });
  const [jssg, jscodeshift] = [join(scripts, 'jssg.js'), join(scripts, 'jscodeshift.cjs')];
  await writeFile(join(scripts, 'package.json'), '{ "type": "module" }\n');
  await writeFile(jssg, jssgTransform);
  await writeFile(jscodeshift, jscodeshiftTransform);
  const single = singlePackage({ kind: 'jssg', file: jssg, language: 'typescript' });
  return {
    own: (folder) => throughEngine(folder, { kind: 'own', recipe: renameRecipe }, signal),
    jssg: (folder) => throughEngine(folder, { kind: 'package', pack: single }, signal),
    jscodeshift: (folder) => throughJscodeshift(folder, jscodeshift),
  };
}

async function throughEngine(root: string, source: RecipeSource, signal: AbortSignal): Promise<void> {
  const grants = { files: false, run: false, network: false };
  const request = { root, source, params: {}, grants, confirmed: [], skip: [] };
  const machine = { env: process.env, signal, temporaryDirectory: tmpdir() };
  const { changes, faults } = await runRecipeOn(request, machine);
  const [fault] = faults;
  if (fault !== undefined) throw new Error(fault.message);
  await writeChanges(root, changes);
}

const runnerSchema = z.object({
  run: z.custom<(...given: readonly unknown[]) => Promise<unknown>>((value) => typeof value === 'function'),
});
const resultSchema = z.object({ error: z.literal(0) });

/** Its own runner with its own defaults: one worker for each core but one, and no compiling of the transform. */
async function throughJscodeshift(root: string, transform: string): Promise<void> {
  const { run } = runnerSchema.parse(createRequire(import.meta.url)('jscodeshift/src/Runner'));
  const options = { parser: 'ts', extensions: 'ts', babel: false, silent: true, verbose: 0 };
  const own = process.execArgv;
  // Its workers would start with the loader of this bench, which they have no use for.
  process.execArgv = [];
  try {
    resultSchema.parse(await run(transform, [join(root, 'src')], options));
  } finally {
    process.execArgv = own;
  }
}
