import type { PackageManagerName, TreePackage, TreeSnapshot, Unknown } from '../snapshot.ts';
import type { Check, CheckOverrides } from './check.ts';
import { expandScript, type ScriptPart } from './expand-script.ts';
import { fallbackCheck } from './fallback-checks.ts';
import { type CheckKind, checkKinds } from './measurement.ts';
import { recognise } from './recognise.ts';
import { shellChain } from './shell-chain.ts';
import { isCheck, type Sorted, scriptCommand, sortPart } from './sort-part.ts';

/** The checks of a tree in the order in which they are run, and what was left out, with the reason. */
export type DetectedChecks = { readonly checks: readonly Check[]; readonly unknown: readonly Unknown[] };

/** What is known of a tree. */
type Tree = Pick<TreeSnapshot, 'packages' | 'tools' | 'typescript' | 'packageManager'>;
type World = { readonly tree: Tree; readonly files: readonly string[]; readonly manager: PackageManagerName };

/** Names that scripts for a check go by; the first that is there is taken. */
const scriptNames: Readonly<Record<CheckKind, readonly string[]>> = {
  build: ['build'],
  types:
    'typecheck type-check types check-types check:types types:check tsc type:check typecheck:all test:types lint:types ts:check ts-check check:ts'.split(
      ' ',
    ),
  lint: ['lint', 'lint:check', 'lint:js', 'lint:ts', 'eslint', 'check:lint'],
  test: ['test', 'test:unit', 'unit', 'tests', 'test:run'],
};
/** Scripts of several checks: only calls of known tools are taken, for checks that have no script of their own. */
const mixedNames = ['check', 'verify', 'validate', 'ci'];

/**
 * Which checks a tree has, for each package of its workspace: from scripts, scripts in scripts followed, else from the
 * tools that it depends on. A script of the root that only hands on to the packages is replaced by theirs. `files` are
 * those of the tree, by path from its root. Pure: nothing is looked for on the disk.
 */
export function detectChecks(
  tree: Tree,
  { files, overrides = {} }: { readonly files: readonly string[]; readonly overrides?: CheckOverrides | undefined },
): DetectedChecks {
  const world: World = { tree, files, manager: tree.packageManager?.name ?? 'npm' };
  const members = inOrder(tree.packages.filter(({ kind }) => kind !== 'nested'));
  const found = members.map((member) => checksOf(member, world));
  const root = found.find(({ path }) => path === '.');
  const checks = checkKinds.flatMap((kind): readonly Check[] => {
    const override = overrides[kind];
    if (override === false) return [];
    if (override !== undefined) return [overridden(kind, override)];
    const all = found.flatMap((entry) => entry.checks).filter((check) => check.kind === kind);
    const top = all.filter((check) => check.in === '.');
    // A build of the root knows the order in which its packages are built.
    if (kind === 'build' && top.length > 0) return top;
    const script = root?.delegated.get(kind);
    if (script !== undefined && all.length === 0)
      return [{ kind, in: '.', because: `script ${script}`, commands: [scriptCommand(script, world.manager)] }];
    return [...top, ...all.filter((check) => check.in !== '.')];
  });
  return { checks, unknown: found.flatMap((entry) => entry.unknown) };
}

function checksOf(member: TreePackage, world: World) {
  const { scripts, path } = member;
  const delegated = new Map<CheckKind, string>();
  const sorted: Sorted[] = [];
  for (const kind of checkKinds) {
    const script = scriptNames[kind].find((name) => isRealScript(scripts, name));
    if (script === undefined) continue;
    for (const part of expandScript(scripts, script)) {
      if (part.kind === 'delegated' && kind !== 'build') delegated.set(kind, script);
      else sorted.push(sortPart(part, kind, { script, manager: world.manager }));
    }
  }
  const has = (kind: Sorted['kind']): boolean => sorted.some((entry) => entry.kind === kind);
  const mixed = mixedNames
    .filter((name) => isRealScript(scripts, name))
    .flatMap((script) => mixedParts(expandScript(scripts, script), { script, manager: world.manager }))
    .filter(({ kind }) => !has(kind));
  const all = [...sorted, ...mixed];
  const checks = checkKinds.flatMap((kind): readonly Check[] => {
    const mine = all.flatMap((entry) => (entry.kind === kind ? [entry] : []));
    const [first] = mine;
    if (first !== undefined)
      return [{ kind, in: path, because: first.because, commands: unique(mine.map(({ command }) => command)) }];
    return delegated.has(kind) || isBuilt(kind, all) ? [] : fallbackCheck(kind, member, world);
  });
  const unknown = all.flatMap((entry) => (entry.kind === 'left-out' ? [entry.unknown] : []));
  return { path, checks, delegated, unknown };
}

/** npm init writes a script `test` that only fails. */
function isRealScript(scripts: TreePackage['scripts'], name: string): boolean {
  const text = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
  return text !== undefined && text.trim() !== '' && !text.includes('no test specified');
}

/** A script whose tools all check the same is that check, with what prepares it; of others only the tools are taken. */
function mixedParts(
  parts: readonly ScriptPart[],
  origin: { readonly script: string; readonly manager: PackageManagerName },
): readonly Sorted[] {
  const kinds = parts.map((part) => {
    const found = part.kind === 'command' ? recognise(part.command.words) : undefined;
    return found !== undefined && isCheck(found) ? found.tool.kind : undefined;
  });
  const [only, ...others] = new Set(kinds.filter((kind) => kind !== undefined));
  if (only !== undefined && others.length === 0) return parts.map((part) => sortPart(part, only, origin));
  return parts.flatMap((part, at) => (kinds[at] === undefined ? [] : [sortPart(part, kinds[at], origin)]));
}

/** `tsc -b` in the build checks every project that a tsconfig refers to. */
function isBuilt(kind: CheckKind, all: readonly Sorted[]): boolean {
  if (kind !== 'types') return false;
  return all.some(
    (entry) =>
      entry.kind === 'build' && entry.command.tool?.args.some((arg) => arg === '-b' || arg === '--build') === true,
  );
}

/** A line of the configuration is for the whole tree. */
function overridden(kind: CheckKind, line: string): Check {
  const chain = shellChain(line);
  const [only, ...others] = chain.kind === 'chain' ? chain.commands : [];
  const found = only === undefined || others.length > 0 ? undefined : recognise(only.words);
  const tool = found?.tool.kind === kind ? { id: found.tool.id, args: found.args.map(({ text }) => text) } : undefined;
  return { kind, in: '.', because: 'configuration', commands: [{ run: { kind: 'line', line }, tool, shown: line }] };
}

function unique(commands: Check['commands']): Check['commands'] {
  return commands.filter((command, at) => commands.findIndex(({ shown }) => shown === command.shown) === at);
}

/** Packages, each after those of the tree that it depends on; a circle is cut where it is met. */
function inOrder(members: readonly TreePackage[]): readonly TreePackage[] {
  const named = members.flatMap((member) => (member.name === undefined ? [] : [[member.name, member] as const]));
  const byName = new Map(named);
  const seen = new Set<string>();
  const ordered: TreePackage[] = [];
  const visit = (member: TreePackage): void => {
    if (seen.has(member.path)) return;
    seen.add(member.path);
    for (const { name } of member.dependencies) {
      const needed = byName.get(name);
      if (needed !== undefined) visit(needed);
    }
    ordered.push(member);
  };
  for (const member of members) visit(member);
  return ordered;
}
