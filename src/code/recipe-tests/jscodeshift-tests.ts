import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join, relative, sep } from 'node:path';
import * as z from 'zod';
import { openSandbox, type SandboxOptions } from '../jssg/sandbox.ts';
import { jsonOf } from '../text/read-data.ts';
import { afterLate, type CaseResult, differenceOf } from './test-report.ts';
import type { TestSurroundings } from './transform-tests.ts';

const collectedSchema = z.array(
  z.object({
    transform: z.string(),
    options: z.record(z.string(), z.json()).catch({}),
    prefix: z.string().optional(),
    parser: z.string().optional(),
  }),
);
type Collected = z.infer<typeof collectedSchema>[number];

/** A fixture of jscodeshift with its transform. Paths are absolute. */
type Pair = {
  readonly name: string;
  readonly script: string;
  readonly input: string;
  readonly output: string;
  readonly options: Collected['options'];
  readonly parser: string | undefined;
};

const timeoutMs = 60_000;

/** Folders below one that hold `__testfixtures__`, itself included; not within node_modules. */
export function fixtureHomes(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const own = entries.some(({ name }) => name === '__testfixtures__') ? [folder] : [];
  const inner = entries.filter(({ name }) => !/^(node_modules|__\w+__|\..*)$/.test(name));
  return [...own, ...inner.flatMap(({ name }) => fixtureHomes(join(folder, name)))];
}

/**
 * Runs the fixtures of jscodeshift transforms (`__testfixtures__/x.input.js` with `x.output.js`) as its test utilities do.
 * Which transform and options belong to a fixture is learnt from the tests in `__tests__`; without them it is the transform
 * beside whose name the fixture begins with.
 */
export async function runJscodeshiftTests(
  home: string,
  root: string,
  surroundings: TestSurroundings,
): Promise<readonly CaseResult[]> {
  const { pairs, faults } = await pairsIn(home, root, surroundings);
  const results: CaseResult[] = [...faults];
  const groups = groupedBy(pairs);
  for (const group of groups.values()) results.push(...(await runGroup(group, root, surroundings)));
  return results;
}

/** One process for one transform with one set of options. */
function groupedBy(pairs: readonly Pair[]): ReadonlyMap<string, readonly Pair[]> {
  const groups = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const key = JSON.stringify([pair.script, pair.options, pair.parser]);
    groups.set(key, [...(groups.get(key) ?? []), pair]);
  }
  return groups;
}

async function runGroup(
  pairs: readonly Pair[],
  root: string,
  surroundings: TestSurroundings,
): Promise<readonly CaseResult[]> {
  const [first] = pairs;
  if (first === undefined) return [];
  const params = first.parser === undefined ? first.options : { ...first.options, parser: first.parser };
  const sandbox = openSandbox(sandboxFor('jscodeshift', first.script, { root, params, surroundings }));
  const results: CaseResult[] = [];
  try {
    for (const { name, input, output } of pairs) {
      if (sandbox.isLate()) {
        results.push(afterLate(name));
        continue;
      }
      const text = readFileSync(input, 'utf8');
      const answer = await sandbox.transform(input, text);
      if (answer.kind === 'failed') {
        results.push({ name, ok: false, detail: `The transform failed: ${answer.why}` });
        continue;
      }
      const wanted = readFileSync(output, 'utf8').trim();
      // A transform that changes nothing returns nothing, which its fixture shows as an empty file or as the input.
      const isSame = (answer.text ?? '').trim() === wanted || (answer.text === undefined && text.trim() === wanted);
      results.push(
        isSame ? { name, ok: true } : { name, ok: false, detail: differenceOf(wanted, (answer.text ?? '').trim()) },
      );
    }
  } finally {
    sandbox.close();
  }
  return results;
}

type SandboxFor = {
  readonly root: string;
  readonly params: Collected['options'];
  readonly surroundings: TestSurroundings;
};

function sandboxFor(
  flavour: 'jscodeshift' | 'collect',
  script: string,
  { root, params, surroundings }: SandboxFor,
): SandboxOptions {
  const { grants, env, memoryMb, signal } = surroundings;
  const start = {
    flavour,
    script,
    packageFolder: root,
    targetFolder: root,
    language: 'tsx',
    params,
    state: {},
    semantic: { scope: 'file' as const },
    grants: { ...grants, run: false },
    overlay: [],
    isTest: true,
    isDryRun: false,
  };
  return { start, timeoutMs, memoryMb, env, signal };
}

async function pairsIn(home: string, root: string, surroundings: TestSurroundings) {
  const tests = filesIn(join(home, '__tests__')).filter((path) => /\.[jt]sx?$/.test(path));
  const pairs: Pair[] = [];
  const faults: CaseResult[] = [];
  const [first] = tests;
  if (first !== undefined) {
    const sandbox = openSandbox(sandboxFor('collect', first, { root, params: {}, surroundings }));
    for (const test of tests) {
      const answer = await sandbox.transform(test, '');
      const name = relative(root, test).split(sep).join('/');
      if (answer.kind === 'failed') faults.push({ name, ok: false, detail: `Its tests cannot be read: ${answer.why}` });
      else pairs.push(...pairsOf(home, root, collectedSchema.parse(jsonOf(answer.text ?? '[]'))));
    }
    sandbox.close();
  }
  return { pairs: pairs.length > 0 ? pairs : pairsByName(home, root), faults };
}

function filesIn(folder: string): readonly string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return entries.map(({ parentPath, name }) => join(parentPath, name)).sort();
}

const extensions = ['js', 'ts', 'tsx', 'jsx', 'mjs', 'cjs', 'mts', 'cts'];

function scriptAt(home: string, name: string): string | undefined {
  const candidates = extensions.flatMap((extension) => [
    join(home, `${name}.${extension}`),
    join(home, name, `index.${extension}`),
  ]);
  return candidates.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}

/** As its `runTest`: the fixture has the extension of the parser. */
function pairsOf(home: string, root: string, collected: readonly Collected[]): readonly Pair[] {
  return collected.flatMap(({ transform, options, prefix, parser }) => {
    const script = scriptAt(home, transform);
    const extension = parser === 'ts' || parser === 'tsx' ? parser : 'js';
    const stem = join(home, '__testfixtures__', prefix ?? transform);
    const [input, output] = [`${stem}.input.${extension}`, `${stem}.output.${extension}`];
    if (script === undefined || !isFile(input) || !isFile(output)) return [];
    const kind = Object.keys(options).length === 0 ? '' : ` ${JSON.stringify(options)}`;
    return [
      { name: `${relative(root, script)}: ${prefix ?? transform}${kind}`, script, input, output, options, parser },
    ];
  });
}

/** By name: the transform whose name is the longest beginning of the fixture's path. */
function pairsByName(home: string, root: string): readonly Pair[] {
  const scripts = readdirSync(home).filter(
    (name) => extensions.includes(extname(name).slice(1)) && !/\.(test|spec|d)\./.test(name),
  );
  return filesIn(join(home, '__testfixtures__')).flatMap((input) => {
    const match = /^(.*)\.input(\.\w+)$/.exec(input);
    const output = `${match?.[1]}.output${match?.[2]}`;
    if (match === null || !isFile(output)) return [];
    const path = relative(join(home, '__testfixtures__'), match[1] ?? '')
      .split(sep)
      .join('/');
    const named = scripts
      .filter((script) => path.startsWith(basename(script, extname(script))))
      .sort((a, b) => b.length - a.length);
    const script = named[0] ?? (scripts.length === 1 ? scripts[0] : undefined);
    if (script === undefined) return [];
    const full = join(home, script);
    return [{ name: `${relative(root, full)}: ${path}`, script: full, input, output, options: {}, parser: undefined }];
  });
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
