import { major } from 'semver';
import type { Tool, TreePackage, TreeSnapshot, TypescriptSettings } from '../snapshot.ts';
import type { Check, CheckCommand } from './check.ts';
import type { CheckKind } from './measurement.ts';

type World = {
  readonly tree: Pick<TreeSnapshot, 'packages' | 'tools' | 'typescript'>;
  readonly files: readonly string[];
};
type Found = { readonly because: string; readonly commands: readonly CheckCommand[] };

/** The check of a package that has no script for it, from the tools that it or the root depends on. */
export function fallbackCheck(kind: CheckKind, member: TreePackage, world: World): readonly Check[] {
  const looks = { build: () => undefined, types: typesOf, lint: lintOf, test: testsOf };
  const found = looks[kind](member, world);
  return found === undefined ? [] : [{ kind, in: member.path, ...found }];
}

/** A checker of components sees what `tsc` sees, and more. */
const checkers = [
  { package: 'svelte-check', program: 'svelte-check', args: [] },
  { package: 'vue-tsc', program: 'vue-tsc', args: ['--noEmit'] },
] as const;

function typesOf(member: TreePackage, { tree }: World): Found | undefined {
  const config = inFolder(member.path, 'tsconfig.json');
  const settings = tree.typescript.find(({ file }) => file === config);
  if (settings === undefined) return undefined;
  const checker = checkers.find((entry) => dependsOn(member, entry.package));
  if (checker !== undefined)
    return { because: `${checker.package} and ${config}`, commands: [call(checker.program, checker.args)] };
  if (toolIn(member, tree, 'typescript') === undefined) return undefined;
  return { because: `typescript and ${config}`, commands: compilerCalls(member.path, settings, tree.typescript) };
}

/**
 * A tsconfig that only refers to others checks nothing by itself. Where those refer to none, each is checked on its own;
 * else only `tsc -b` knows the order, which writes what the project's build writes.
 */
function compilerCalls(
  folder: string,
  settings: TypescriptSettings,
  all: readonly TypescriptSettings[],
): readonly CheckCommand[] {
  if (settings.references.length === 0) return [call('tsc', quiet(settings))];
  const parts = settings.references.map((reference) => settingsAt(folder, reference, all));
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length || known.some(({ references }) => references.length > 0))
    return [call('tsc', ['-b'])];
  return known.map((part) => call('tsc', ['-p', relativeTo(folder, part.file), ...quiet(part)]));
}

/**
 * What keeps the compiler from writing anything: a record of its own would also be written with `--noEmit`. `composite`
 * stands for `declaration`, which other options need; `emitDeclarationOnly` and `--noEmit` exclude each other up to 5.4.
 */
function quiet({ options }: TypescriptSettings): readonly string[] {
  const isRecording = options.incremental === true || options.composite === true;
  return [
    '--noEmit',
    ...(isRecording ? ['--incremental', 'false', '--composite', 'false'] : []),
    ...(options.composite === true ? ['--declaration', 'true'] : []),
    ...(options.emitDeclarationOnly === true ? ['--emitDeclarationOnly', 'false'] : []),
  ];
}

function settingsAt(folder: string, reference: string, all: readonly TypescriptSettings[]) {
  const plain = reference.replace(/^\.\//, '').replace(/\/$/, '');
  const paths = [inFolder(folder, plain), inFolder(folder, `${plain}/tsconfig.json`), plain, `${plain}/tsconfig.json`];
  return paths.flatMap((path) => all.filter(({ file }) => file === path))[0];
}

function relativeTo(folder: string, file: string): string {
  return folder === '.' ? file : file.replace(`${folder}/`, '');
}

const eslintrc = /^\.eslintrc(\.(c?js|json|ya?ml))?$/;
const flatConfig = /^eslint\.config\.[cm]?[jt]s$/;

function lintOf(member: TreePackage, { tree, files }: World): Found | undefined {
  const prefix = member.path === '.' ? '' : `${member.path}/`;
  const here = files.filter((file) => file.startsWith(prefix)).map((file) => file.slice(prefix.length));
  const eslint = toolIn(member, tree, 'eslint');
  const config = here.find((file) => eslintrc.test(file) || flatConfig.test(file));
  if (eslint !== undefined && config !== undefined) {
    const isOld = majorOf(eslint) < 9 && eslintrc.test(config);
    const args = isOld ? ['.', '--ext', '.js,.jsx,.cjs,.mjs,.ts,.tsx,.cts,.mts'] : ['.'];
    return { because: `eslint and ${inFolder(member.path, config)}`, commands: [call('eslint', args)] };
  }
  const biome = here.find((file) => /^biome\.jsonc?$/.test(file));
  if (biome !== undefined && toolIn(member, tree, '@biomejs/biome') !== undefined)
    return { because: `@biomejs/biome and ${inFolder(member.path, biome)}`, commands: [call('biome', ['lint', '.'])] };
  const oxlint = here.find((file) => file === '.oxlintrc.json');
  if (oxlint === undefined || toolIn(member, tree, 'oxlint') === undefined) return undefined;
  return { because: `oxlint and ${inFolder(member.path, oxlint)}`, commands: [call('oxlint', [])] };
}

function majorOf({ installed, locked }: Tool): number {
  const version = installed ?? locked;
  return version === undefined ? Number.POSITIVE_INFINITY : major(version);
}

/** Runners in the order in which they are looked for, with the arguments of one run. */
const runners = [
  { package: 'vitest', program: 'vitest', args: ['run'] },
  { package: 'jest', program: 'jest', args: [] },
  { package: 'mocha', program: 'mocha', args: [] },
  { package: 'ava', program: 'ava', args: [] },
] as const;

function testsOf(member: TreePackage): Found | undefined {
  const runner = runners.find((entry) => dependsOn(member, entry.package));
  return runner === undefined ? undefined : { because: runner.package, commands: [call(runner.program, runner.args)] };
}

function dependsOn({ dependencies }: TreePackage, name: string): boolean {
  return dependencies.some((dependency) => dependency.name === name && dependency.group !== 'peerDependencies');
}

function toolIn({ path }: TreePackage, { tools }: World['tree'], name: string): Tool | undefined {
  const found = tools.filter((tool) => tool.package === name);
  return found.find((tool) => tool.in === path) ?? found.find((tool) => tool.in === '.');
}

function inFolder(folder: string, file: string): string {
  return folder === '.' ? file : `${folder}/${file}`;
}

function call(program: string, args: readonly string[]): CheckCommand {
  const line = [program, ...args].join(' ');
  const tool = program === 'vue-tsc' ? 'tsc' : program;
  return { run: { kind: 'line', line }, tool: { id: tool, args, program }, shown: `npx ${line}` };
}
