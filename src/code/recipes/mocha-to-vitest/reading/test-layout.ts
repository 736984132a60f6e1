import { posix } from 'node:path';
import picomatch from 'picomatch';
import type { TreeView } from '../../../recipe.ts';
import { listOf, type MochaOption } from './mocha-option.ts';
import type { MochaPackage } from './mocha-package.ts';
import { acts, declaresTests, hasRootHooks, isImported, sourcesOf } from './test-sources.ts';

/** Which files are tests, from the folder of the package. */
export type TestLayout = {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Files that Mocha runs among the tests for what they do, and that have none. */
  readonly setups: readonly string[];
  readonly tests: readonly string[];
  /** The files of each call of a script, in the order of scripts and calls. */
  readonly ofCalls: ReadonlyMap<object, readonly string[]>;
  /** Files with hooks outside of suites. */
  readonly withRootHooks: readonly string[];
  /** What Mocha would look for, and is not there. */
  readonly missing: readonly string[];
};

/** Looks at what the options and scripts of a package name. */
export async function testLayout(one: MochaPackage, tree: TreeView): Promise<TestLayout> {
  const own = one.files.map((path) => (one.folder === '.' ? path : path.slice(one.folder.length + 1)));
  const missing = new Set<string>();
  const calls = Object.values(one.calls).flat();
  const globs = new Set<string>();
  const ignored = new Set<string>();
  const matchedBy = new Map<object, readonly string[]>();
  for (const call of calls.length === 0 ? [{ options: [], specs: [] }] : calls) {
    const options = [...call.options, ...one.options];
    const named = [...call.specs, ...texts(options, 'spec')];
    const found = (named.length === 0 ? ['test'] : named).flatMap((spec) => globOf(spec, options, own, missing));
    const without = texts(options, 'ignore').map(shortened);
    for (const glob of found) globs.add(glob);
    for (const glob of without) ignored.add(glob);
    matchedBy.set(call, matching(own, found, without));
  }
  const matched = matching(own, [...globs], [...ignored]);
  const sources = await sourcesOf(one, tree);
  const tests: string[] = [];
  const setups: string[] = [];
  const withRootHooks: string[] = [];
  for (const path of matched) {
    if (hasRootHooks(path, sources)) withRootHooks.push(path);
    if (declaresTests(path, sources)) tests.push(path);
    else if (acts(path, sources) && !isImported(path, sources)) setups.push(path);
  }
  const isTest = new Set(tests);
  const ofCalls = new Map(
    [...matchedBy].map(([call, paths]) => [call, paths.filter((path) => isTest.has(path))] as const),
  );
  const exclude = [...ignored, ...matched.filter((path) => !isTest.has(path))];
  return { include: [...globs], exclude, setups, tests, ofCalls, withRootHooks, missing: [...missing] };
}

function texts(options: readonly MochaOption[], key: string): readonly string[] {
  return options.filter((option) => option.key === key).flatMap(({ value }) => listOf(value) ?? []);
}

function matching(own: readonly string[], globs: readonly string[], ignored: readonly string[]): readonly string[] {
  const isIn = globs.length === 0 ? () => false : picomatch([...globs]);
  const isOut = ignored.length === 0 ? () => false : picomatch([...ignored], { dot: true });
  return own.filter((path) => isIn(path) && !isOut(path));
}

/** A path or glob without `./` and a slash at its end. */
export function shortened(spec: string): string {
  return posix.normalize(spec).replace(/\/$/, '');
}

/** A file, what lies in a folder, or a glob. https://mochajs.org/#default-behavior */
function globOf(
  spec: string,
  options: readonly MochaOption[],
  own: readonly string[],
  missing: Set<string>,
): readonly string[] {
  const path = shortened(spec);
  const given = texts(options, 'extension').map((one) => one.replace(/^\./, ''));
  const extensions = given.length === 0 ? ['js', 'cjs', 'mjs'] : [...new Set(given)];
  const isRecursive = options.find(({ key }) => key === 'recursive')?.value === true;
  if (own.includes(path)) return [path];
  const end = extensions.length === 1 ? extensions[0] : `{${extensions.join(',')}}`;
  const isFolder = path === '.' || own.some((one) => one.startsWith(`${path}/`));
  if (isFolder) return [`${path === '.' ? '' : `${path}/`}${isRecursive ? '**/' : ''}*.${end}`];
  if (/[*?{[(!]/.test(path)) return [path];
  const file = extensions.map((one) => `${path}.${one}`).find((one) => own.includes(one));
  if (file === undefined) missing.add(spec);
  return file === undefined ? [] : [file];
}
