import { shellWord } from '#core/shell';
import type { PackageManagerName, TreePackage, TreeSnapshot, Unknown } from '../snapshot.ts';
import type { Check, CheckCommand, CheckOverrides } from './check.ts';
import { expandScript, type ScriptPart } from './expand-script.ts';
import { toolCheck } from './fallback-checks.ts';
import { type CheckKind, checkKinds } from './measurement.ts';
import { recognise } from './recognise.ts';
import { type ShellWord, type SimpleCommand, shellChain, spellCommand } from './shell-chain.ts';

/** The checks of a tree in the order in which they are run, and what was left out. */
export type DetectedChecks = { readonly checks: readonly Check[]; readonly unknown: readonly Unknown[] };

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
/** Scripts of several checks; of them only calls of known tools are taken, for checks that have no script of their own. */
const mixedNames = ['check', 'verify', 'validate', 'ci'];

/**
 * Which checks a tree has, for each package of its workspace: from scripts, scripts in scripts followed, else from the
 * tools that it depends on. `files` are those of the tree, by path from its root. Pure: nothing is looked for on the disk.
 */
export function detectChecks(
  tree: Pick<TreeSnapshot, 'packages' | 'tools' | 'typescript' | 'packageManager'>,
  { files, overrides = {} }: { readonly files: readonly string[]; readonly overrides?: CheckOverrides | undefined },
): DetectedChecks {
  const manager = tree.packageManager?.name ?? 'npm';
  const members = tree.packages.filter(({ kind }) => kind !== 'nested');
  const found = members.map((member) => checksOf(member, { tree, files, manager }));
  const root = found.find(({ path }) => path === '.');
  const checks = checkKinds.flatMap((kind): readonly Check[] => {
    const override = overrides[kind];
    if (override === false) return [];
    if (override !== undefined) return [overridden(kind, override)];
    const all = inOrder(members).flatMap((path) => found.find((entry) => entry.path === path)?.checks ?? []);
    const mine = all.filter((check) => check.kind === kind);
    const top = mine.filter((check) => check.in === '.');
    // A build of the root knows the order in which its packages are built.
    if (kind === 'build' && top.length > 0) return top;
    const below = mine.filter((check) => check.in !== '.');
    const isHandedOn = root?.delegated.has(kind) === true;
    if (isHandedOn && below.length === 0 && root !== undefined)
      return [wholeScript(kind, root.delegated.get(kind) ?? '', manager)];
    return mine;
  });
  return { checks, unknown: [] };
}

type World = {
  readonly tree: Pick<TreeSnapshot, 'packages' | 'tools' | 'typescript'>;
  readonly files: readonly string[];
  readonly manager: PackageManagerName;
};
type Sorted = { readonly kind: CheckKind; readonly command: CheckCommand; readonly because: string };

function checksOf(member: TreePackage, world: World) {
  const delegated = new Map<CheckKind, string>();
  const sorted: Sorted[] = [];
  for (const kind of checkKinds) {
    const name = scriptNames[kind].find((script) => isRealScript(member.scripts, script));
    if (name === undefined) continue;
    for (const part of expandScript(member.scripts, name)) {
      if (part.kind === 'delegated' && kind !== 'build') delegated.set(kind, name);
      else sorted.push(...sortPart(part, kind, { name, manager: world.manager }));
    }
  }
  const has = (kind: CheckKind): boolean => sorted.some((entry) => entry.kind === kind) || delegated.has(kind);
  const mixed = mixedNames.filter((name) => isRealScript(member.scripts, name));
  const more = mixed.flatMap((name) =>
    expandScript(member.scripts, name)
      .flatMap((part) => sortPart(part, undefined, { name, manager: world.manager }))
      .filter(({ kind }) => !has(kind)),
  );
  const all = [...sorted, ...more];
  const checks = checkKinds.flatMap((kind): readonly Check[] => {
    const mine = unique(all.filter((entry) => entry.kind === kind));
    if (mine.length > 0)
      return [{ kind, in: member.path, because: mine[0]?.because ?? '', commands: mine.map(({ command }) => command) }];
    return delegated.has(kind) ? [] : toolCheck(kind, member, world);
  });
  return { path: member.path, checks, delegated };
}

/** npm init writes a script `test` that only fails. */
function isRealScript(scripts: TreePackage['scripts'], name: string): boolean {
  const text = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
  return text !== undefined && text.trim() !== '' && !text.includes('no test specified');
}

/** What a part of a script checks. Of a mixed script (no kind) only known tools are taken. */
function sortPart(
  part: ScriptPart,
  kind: CheckKind | undefined,
  { name, manager }: { readonly name: string; readonly manager: PackageManagerName },
): readonly Sorted[] {
  const because = `script ${name}`;
  if (part.kind !== 'command') {
    if (kind === undefined) return [];
    return [{ kind, because, command: scriptCommand(part.script, manager) }];
  }
  const found = recognise(part.command.words);
  const args = found?.args.map(({ text }) => text) ?? [];
  const isOwn = found !== undefined && found.tool.kind === kind;
  const isCheck = found?.tool.isCheck(args, found.program) === true;
  if (kind === 'build' || found === undefined || !(isOwn || isCheck)) {
    if (kind === undefined) return [];
    const tool = kind === 'build' && found?.tool.kind === 'types' ? found : undefined;
    return [{ kind, because, command: commandFor(part, tool, manager) }];
  }
  return [{ kind: found.tool.kind, because, command: commandFor(part, found, manager) }];
}

function commandFor(
  { command, script }: Extract<ScriptPart, { kind: 'command' }>,
  found: ReturnType<typeof recognise>,
  manager: PackageManagerName,
): CheckCommand {
  const before = found?.args.map(({ text }) => text) ?? [];
  const args = found?.tool.once(before) ?? [];
  const tool = found === undefined ? undefined : { id: found.tool.id, args };
  const isAsWritten = args.length === before.length && args.every((arg, at) => arg === before[at]);
  if (script !== undefined && isAsWritten) return { ...scriptCommand(script, manager), tool };
  const line =
    found === undefined
      ? spellCommand(command)
      : [...command.variables, ...found.before, ...respelled(args, found.args)].map(({ raw }) => raw).join(' ');
  return { run: { kind: 'line', line }, tool, shown: line };
}

/** Arguments as they were spelled, so that patterns and variables stay what they are. */
function respelled(args: readonly string[], spelled: readonly ShellWord[]): readonly ShellWord[] {
  let from = 0;
  return args.map((text) => {
    const at = spelled.findIndex((entry, index) => index >= from && entry.text === text);
    if (at === -1) return { text, raw: shellWord(text) };
    from = at + 1;
    return spelled[at] ?? { text, raw: shellWord(text) };
  });
}

function scriptCommand(script: string, manager: PackageManagerName): CheckCommand {
  return { run: { kind: 'script', script }, shown: `${manager} run ${script}` };
}

function wholeScript(kind: CheckKind, script: string, manager: PackageManagerName): Check {
  return { kind, in: '.', because: `script ${script}`, commands: [scriptCommand(script, manager)] };
}

function overridden(kind: CheckKind, line: string): Check {
  const chain = shellChain(line);
  const [only, ...others] = chain.kind === 'chain' ? chain.commands : [];
  const found = only === undefined || others.length > 0 ? undefined : ownTool(only, kind);
  const tool = found === undefined ? undefined : { id: found.tool.id, args: found.args.map(({ text }) => text) };
  return { kind, in: '.', because: 'configuration', commands: [{ run: { kind: 'line', line }, tool, shown: line }] };
}

function ownTool(command: SimpleCommand, kind: CheckKind) {
  const found = recognise(command.words);
  return found?.tool.kind === kind ? found : undefined;
}

function unique(entries: readonly Sorted[]): readonly Sorted[] {
  const seen = new Map(entries.toReversed().map((entry) => [entry.command.shown, entry]));
  return entries.filter((entry) => seen.get(entry.command.shown) === entry);
}

/** Folders of packages, each after those of the tree that it depends on; a circle is cut where it is met. */
function inOrder(members: readonly TreePackage[]): readonly string[] {
  const byName = new Map(
    members.flatMap((member) => (member.name === undefined ? [] : [[member.name, member] as const])),
  );
  const done = new Set<string>();
  const visit = (member: TreePackage): void => {
    if (done.has(member.path)) return;
    done.add(member.path);
    for (const { name } of member.dependencies) {
      const needed = byName.get(name);
      if (needed !== undefined) visit(needed);
    }
    order.push(member.path);
  };
  const order: string[] = [];
  for (const member of members) visit(member);
  return order;
}
