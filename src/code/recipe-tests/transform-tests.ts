import { readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fail } from '#core/error';
import { registerGrammars } from '../jssg/grammars.ts';
import { extensionsOf, grammarOf } from '../jssg/language-names.ts';
import type { Grants, Metrics } from '../jssg/protocol.ts';
import { openSandbox, type Sandbox } from '../jssg/sandbox.ts';
import { jsonOf } from '../text/read-data.ts';
import { type Fixture, findFixtures } from './fixtures.ts';
import { isSameCode, type Strictness } from './same-code.ts';
import { type TestConfig, testConfig } from './test-config.ts';
import { afterLate, type CaseResult, differenceOf } from './test-report.ts';

/** A transform with a folder of cases, as a package's script names them for the public runner. */
export type TransformTests = {
  /** Absolute. */
  readonly script: string;
  readonly packageFolder: string;
  readonly testFolder: string;
  readonly language: string;
  readonly filter: string | undefined;
  readonly strictness: Strictness;
  readonly isSpaceIgnored: boolean;
  readonly expectErrors: readonly string[];
  readonly isWorkspace: boolean;
  readonly timeoutMs: number;
};

/** What running tests may use. */
export type TestSurroundings = {
  readonly grants: Grants;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly memoryMb: number;
  readonly signal: AbortSignal;
};

type Running = { readonly tests: TransformTests; readonly sandbox: Sandbox; readonly surroundings: TestSurroundings };

/**
 * Runs the cases of a transform as the public runner does: same files, same names, same comparison. Nothing is written: a
 * case with a folder is transformed in memory. After a case that took too long none is run. Throws `bad-input` where the
 * folder, the language or any case is missing.
 */
export async function runTransformTests(
  tests: TransformTests,
  surroundings: TestSurroundings,
): Promise<readonly CaseResult[]> {
  const { language, testFolder, packageFolder, timeoutMs } = tests;
  if (grammarOf(language) === undefined) throw missing(tests, `The language ${language} is not known to godwit.`);
  if (statSync(testFolder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw missing(tests, `There is no folder ${testFolder}.`);
  registerGrammars(packageFolder);
  const top = testConfig(testFolder, packageFolder);
  const options = { extensions: extensionsOf(language), expectedExtension: top.expected_extension };
  const fixtures = findFixtures(testFolder, options);
  const { grants, env, memoryMb, signal } = surroundings;
  const start = startFor(tests, { grants, folder: testFolder, config: top });
  const sandbox = openSandbox({ start, timeoutMs, memoryMb, env, signal, fenceFolder: testFolder });
  const results: CaseResult[] = [];
  try {
    for (const fixture of fixtures) {
      if (!mayMatch(fixture, tests.filter)) continue;
      results.push(
        ...(sandbox.isLate() ? [afterLate(fixture.name)] : await runFixture(fixture, { tests, sandbox, surroundings })),
      );
    }
  } finally {
    sandbox.close();
  }
  const wanted = results.filter(({ name }) => tests.filter === undefined || name.includes(tests.filter));
  if (wanted.length === 0)
    throw missing(
      tests,
      `There is no case in ${testFolder}${tests.filter === undefined ? '' : ` with ${tests.filter} in its name`}.`,
    );
  return wanted;
}

function missing({ script }: TransformTests, why: string): Error {
  return fail('bad-input', {
    what: `The tests of ${script} cannot be run.`,
    why,
    next: 'Cases are folders with input.<ext> and expected.<ext>, or with input/ and expected/.',
  });
}

/** A folder's case is run as a whole; its results are sifted afterwards. */
function mayMatch(fixture: Fixture, filter: string | undefined): boolean {
  if (filter === undefined) return true;
  if (fixture.kind === 'file') return fixture.name.includes(filter);
  const paths = [...Object.keys(fixture.before), ...Object.keys(fixture.expected)];
  return paths.some((path) => nameOf(fixture, path).includes(filter));
}

function nameOf({ name }: Fixture, path: string): string {
  return `${name}_${path}`;
}

type StartFor = {
  readonly grants: Grants;
  readonly folder: string;
  readonly config: TestConfig;
  readonly files?: readonly string[];
};

function startFor(tests: TransformTests, { grants, folder, config, files = [] }: StartFor) {
  const isWorkspace = tests.isWorkspace || config.semantic_workspace === true;
  return {
    flavour: 'jssg' as const,
    script: tests.script,
    packageFolder: tests.packageFolder,
    targetFolder: folder,
    language: config.language ?? tests.language,
    params: config.params ?? {},
    state: {},
    semantic:
      isWorkspace && files.length > 0
        ? { scope: 'workspace' as const, root: folder, files }
        : { scope: 'file' as const },
    grants: { ...grants, run: false },
    overlay: [],
    isTest: true,
    isDryRun: false,
  };
}

async function runFixture(fixture: Fixture, running: Running): Promise<readonly CaseResult[]> {
  const { tests, sandbox, surroundings } = running;
  const config = testConfig(fixture.folder, tests.packageFolder);
  const folder = fixture.kind === 'file' ? fixture.folder : fixture.input;
  const files =
    fixture.kind === 'file' ? [fixture.input] : Object.keys(fixture.before).map((path) => join(folder, path));
  sandbox.use(startFor(tests, { grants: surroundings.grants, folder, config, files }));
  const compare = comparisonOf(tests, config);
  if (fixture.kind === 'folder') return runFolder(fixture, { ...running, compare });
  const answer = await sandbox.transform(fixture.input, fixture.text);
  const wantsError = wantsErrorOf(tests, config, fixture.name);
  const wrong =
    answer.kind === 'failed' || wantsError
      ? faultOf(answer, wantsError)
      : (compare(fixture.expected ?? '', answer.text ?? fixture.text) ?? (await metricsFault(sandbox, fixture.folder)));
  return [resultOf(fixture.name, wrong)];
}

function resultOf(name: string, wrong: string | undefined): CaseResult {
  return wrong === undefined ? { name, ok: true } : { name, ok: false, detail: wrong };
}

function wantsErrorOf({ expectErrors }: TransformTests, { expect_errors = [] }: TestConfig, name: string): boolean {
  return name.endsWith('_should_error') || [...expectErrors, ...expect_errors].some((part) => name.includes(part));
}

function faultOf(answer: { readonly kind: string; readonly why?: string }, wantsError: boolean): string | undefined {
  if (answer.kind === 'failed') return wantsError ? undefined : `The transform failed: ${answer.why ?? ''}`;
  return wantsError ? 'It should have failed and did not.' : undefined;
}

type Compare = (expected: string, actual: string) => string | undefined;

function comparisonOf(tests: TransformTests, config: TestConfig): Compare {
  const language = config.language ?? tests.language;
  const isSpaceIgnored = config.ignore_whitespace ?? tests.isSpaceIgnored;
  const { strictness } = tests;
  return (expected, actual) =>
    isSameCode(expected, actual, { strictness, isSpaceIgnored, language }) ? undefined : differenceOf(expected, actual);
}

/** Metrics stand beside the input, counted over the case. */
async function metricsFault(sandbox: Sandbox, folder: string): Promise<string | undefined> {
  const { metrics } = await sandbox.report();
  const path = join(folder, 'metrics.json');
  const isThere = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  if (!isThere) return undefined;
  const [expected, actual] = [sorted(jsonOf(readFileSync(path, 'utf8'))), sorted(metrics)];
  return expected === actual ? undefined : `metrics.json differs:\n${differenceOf(expected, actual)}`;
}

function sorted(value: unknown): string {
  const order = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(order).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(
      Object.entries(one)
        .sort()
        .map(([key, inner]) => [key, order(inner)]),
    );
  };
  return JSON.stringify(order(value), undefined, 1);
}

type FolderFixture = Extract<Fixture, { readonly kind: 'folder' }>;

async function runFolder(fixture: FolderFixture, { tests, sandbox, compare }: Running & { readonly compare: Compare }) {
  const texts = new Map(Object.entries(fixture.before));
  const faults = new Map<string, string | undefined>();
  const extensions = new Set(extensionsOf(tests.language));
  const inTree = (path: string): string => relative(fixture.input, path).split(sep).join('/');
  for (const path of Object.keys(fixture.before).filter((one) => extensions.has(extname(one)))) {
    const text = texts.get(path);
    if (text === undefined) continue;
    if (sandbox.isLate()) {
      faults.set(path, afterLate(path).detail);
      continue;
    }
    const answer = await sandbox.transform(join(fixture.input, path), text);
    const wantsError = wantsErrorOf(tests, {}, nameOf(fixture, path)) || wantsErrorOf(tests, {}, fixture.name);
    if (answer.kind === 'failed' || wantsError) {
      faults.set(path, faultOf(answer, wantsError));
      continue;
    }
    for (const [other, changed] of answer.others) {
      if (changed === null) texts.delete(inTree(other));
      else texts.set(inTree(other), changed);
    }
    if (answer.renamedTo !== undefined) texts.delete(path);
    texts.set(answer.renamedTo === undefined ? path : inTree(answer.renamedTo), answer.text ?? text);
  }
  await addMetrics(fixture, texts, sandbox);
  const paths = [
    ...new Set([...Object.keys(fixture.before), ...Object.keys(fixture.expected), ...texts.keys()]),
  ].sort();
  return paths.map((path) => {
    const wrong = faults.has(path) ? faults.get(path) : folderFault(fixture.expected[path], texts.get(path), compare);
    return resultOf(nameOf(fixture, path), wrong);
  });
}

/** The public runner leaves metrics in the folder, where they are compared like any file. */
async function addMetrics(
  { expected, input }: FolderFixture,
  texts: Map<string, string>,
  sandbox: Sandbox,
): Promise<void> {
  const wanted = Object.keys(expected).find((path) => path.split('/').at(-1) === 'metrics.json');
  if (wanted === undefined) return;
  const { metrics } = await sandbox.report();
  const isSame = sorted(jsonOf(expected[wanted] ?? '')) === sorted(metrics satisfies Metrics);
  texts.set(wanted, isSame ? (expected[wanted] ?? '') : JSON.stringify(metrics));
  texts.delete(relative(input, join(dirname(input), 'metrics.json')));
}

function folderFault(expected: string | undefined, actual: string | undefined, compare: Compare): string | undefined {
  if (expected === undefined) return actual === undefined ? undefined : 'The file should not be there afterwards.';
  return actual === undefined ? 'The file should be there afterwards.' : compare(expected, actual);
}
