import type * as TypeScript from 'typescript';
import { foldersRead, isListed, mayList } from '../../../graph/folders-read.ts';
import ts from '../../../typescript.cts';
import type { CommonModule } from '../reading/common-module.ts';
import { computedPaths, mayBe, type PathShape } from '../reading/computed-paths.ts';
import { touchesOf } from '../reading/effects.ts';
import { requiredPath } from '../reading/node-path.ts';
import { spelledFiles } from '../reading/spelled-files.ts';
import { cyclesOf } from './cycles.ts';
import { plainIn } from './loading.ts';
import { targetOf } from './target.ts';
import { waysOf } from './ways.ts';
import type { World } from './world.ts';

/** Why a file stays CommonJS, at the place that says so. */
export type Stay = {
  readonly why: string;
  readonly cure?: string;
  readonly at: string;
  readonly offset: number;
  readonly length: number;
  /** A file that stays itself, and requires this one. */
  readonly from?: string;
};
export type Stays = ReadonlyMap<string, Stay>;

const roundsMax = 10_000;

/**
 * The files that stay CommonJS: those with something that an ES module cannot have, configuration of tools, cycles that may rest on
 * an order, and all that these require, so that no file has to require an ES module. Pure.
 */
export function staysOf(world: World): Stays {
  const stays = new Map<string, Stay>();
  for (const [path, module] of world.modules) {
    const own = ownReason(path, module, world);
    if (own !== undefined) stays.set(path, own);
  }
  for (const [path, stay] of handedOut(world)) if (!stays.has(path)) stays.set(path, stay);
  for (let round = 0; round < roundsMax; round += 1) {
    const before = stays.size;
    for (const [path, module] of world.modules) {
      for (const [target, stay] of requiredBy(module, { world, stays }))
        if (target !== path && world.modules.has(target) && !stays.has(target)) stays.set(target, stay);
    }
    for (const [path, stay] of boundCycles(world, stays)) if (!stays.has(path)) stays.set(path, stay);
    if (stays.size === before) return stays;
  }
  throw new Error('What stays CommonJS cannot be told.');
}

function ownReason(path: string, module: CommonModule, { toolFates }: World): Stay | undefined {
  if (path.endsWith('.cjs')) return { why: 'its name says so', at: path, offset: 0, length: 0 };
  const fate = toolFates.get(path);
  if (fate?.kind === 'cjs') return { ...fate, at: path, offset: 0, length: 0 };
  const [hindrance] = module.hindrances;
  if (hindrance !== undefined) return stayAt(module, hindrance.node, hindrance.why);
  const replaced = module.exportUses.find((one) => one.kind === 'other' && one.isReplaced);
  return replaced === undefined
    ? undefined
    : stayAt(module, replaced.node, 'a function gives the module other exports when it is called');
}

/**
 * Files whose path some file spells, in a package of which one requires a path that it is given, such as the configuration that a test
 * hands to a program: those that nothing requires, and all that the file spells which requires them.
 */
function handedOut(world: World): ReadonlyMap<string, Stay> {
  const found = new Map<string, Stay>();
  const takers = [...world.modules.values()].filter((module) => takesPaths(module, world));
  const [taker] = takers;
  if (taker === undefined) return found;
  for (const module of world.modules.values()) {
    const isTaker = takers.includes(module);
    const why = isTaker
      ? `${module.path} has its path, and requires a path that is only known when it runs`
      : `${module.path} has its path, and ${taker.path} requires a path that it is given`;
    for (const { node, shapes, loader } of computedPaths(module, world.home)) {
      if (loader !== undefined) continue;
      for (const path of world.modules.keys())
        if (path !== module.path && shapes.some((one) => isHanded(one, path, { world, isTaker })))
          found.set(path, stayAt(module, node, why));
    }
    if (!isTaker) continue;
    for (const { node, path } of spelledFiles(module, world)) found.set(path, stayAt(module, node, why));
    for (const { offset, length, ...read } of mayList(module.text) ? foldersRead(module.path, module.source) : [])
      for (const path of world.modules.keys())
        if (
          path !== module.path &&
          (read.from === 'tree' || isUnclaimed(path, world)) &&
          isListed(path, { ...read, offset, length }, world.home)
        )
          found.set(path, { why, at: module.path, offset, length });
  }
  return found;
}

/** What others require too is taken for it only where its path is more than that of its folder, in the file that requires a path. */
function isHanded(
  shape: PathShape,
  path: string,
  { world, isTaker }: { readonly world: World; readonly isTaker: boolean },
): boolean {
  const isPointed = !shape.isOpen || shape.end !== '' || !/(^|\/)$/.test(shape.text);
  return ((isTaker && isPointed) || isUnclaimed(path, world)) && mayBe(shape, path);
}

/** True where a file requires a path of which the beginning is not written out. */
export function takesPaths(module: CommonModule, { home }: World): boolean {
  return computedPaths(module, home).some(({ loader, isKnown }) => loader !== undefined && !isKnown);
}

/** True for a file that exports something which nothing of the package requires. */
export function isUnclaimed(path: string, { modules, mayAwait }: World): boolean {
  return (modules.get(path)?.exportUses.length ?? 0) > 0 && mayAwait(path);
}

function stayAt({ path, source }: CommonModule, node: Parameters<typeof ts.findAncestor>[0], why: string): Stay {
  const start = node?.getStart(source) ?? 0;
  return { why, at: path, offset: start, length: (node?.end ?? start) - start };
}

type Deciding = { readonly world: World; readonly stays: Stays };

/** Files that this one loads by `require` whatever becomes of it, with the place that does so. */
function requiredBy(module: CommonModule, { world, stays }: Deciding): ReadonlyMap<string, Stay> {
  const found = new Map<string, Stay>();
  const isStaying = stays.has(module.path);
  const ways = waysOf(module, world);
  for (const call of module.requires) {
    const target = targetOf(module, call, world);
    if (target.kind !== 'local') continue;
    const isKept = isStaying || ways.get(call)?.kind === 'require';
    const why = isStaying
      ? `${module.path} requires it, which stays CommonJS`
      : `${module.path} requires it when it runs, not when it is loaded`;
    if (isKept)
      found.set(target.path, { ...stayAt(module, call.node, why), ...(isStaying ? { from: module.path } : {}) });
  }
  for (const { node, specifier } of module.stubbed) {
    const path = requiredPath(module.path, specifier, world.files);
    if (path !== undefined) found.set(path, stayAt(module, node, `${module.path} replaces what it requires`));
  }
  for (const { node, loader, shapes } of computedPaths(module, world.home)) {
    if (loader === undefined) continue;
    const text = node.getText();
    const why = `${module.path} requires it by a path that is put together: ${text.slice(0, 60)}${text.length > 60 ? '…' : ''}`;
    for (const path of world.modules.keys())
      if (shapes.some((one) => mayBe(one, path))) found.set(path, stayAt(module, loader, why));
  }
  return found;
}

/** Cycles of which some file asks for another one while it is loaded: what it finds there is a matter of order. */
function boundCycles(world: World, stays: Stays): ReadonlyMap<string, Stay> {
  const found = new Map<string, Stay>();
  for (const cycle of cyclesOf(converting(world, stays), world)) {
    const inside = new Set(cycle);
    const bound = cycle.map((path) => boundIn(path, inside, world)).find((one) => one !== undefined);
    if (bound === undefined) continue;
    const shown = [...cycle, cycle[0] ?? ''].join(' → ');
    for (const path of cycle)
      found.set(path, { ...bound, why: `it stands in a cycle that rests on the order of loading (${shown})` });
  }
  return found;
}

/** The modules that do not stay. */
export function converting({ modules }: World, stays: Stays): readonly CommonModule[] {
  return [...modules.values()].filter(({ path }) => !stays.has(path));
}

function boundIn(path: string, inside: ReadonlySet<string>, world: World): Stay | undefined {
  const module = world.modules.get(path);
  if (module === undefined) return undefined;
  const busy = module.source.statements.find((one) => isBusy(one, module, world));
  if (busy !== undefined) return stayAt(module, busy, '');
  for (const call of module.requires) {
    const target = targetOf(module, call, world);
    if (target.kind !== 'local' || !inside.has(target.path)) continue;
    const { binding } = call;
    if (call.moment !== 'load' || (binding.kind !== 'whole' && binding.kind !== 'names'))
      return stayAt(module, call.node, '');
    const names = binding.kind === 'whole' ? [binding.name] : binding.names?.map(({ to }) => to);
    const early = module.names.references.find(
      ({ node, scope }) =>
        scope === 'module' &&
        (names ?? [node.text]).includes(node.text) &&
        ts.findAncestor(node, (one) => ts.isFunctionLike(one)) === undefined,
    );
    if (early !== undefined) return stayAt(module, early.node, '');
  }
  return undefined;
}

/** True for a statement that calls anything, or changes something of others, while the module is loaded. */
function isBusy(statement: TypeScript.Statement, module: CommonModule, world: World): boolean {
  const touches = touchesOf(statement, module, { isPlain: plainIn(module, world) });
  return touches.has('writes world') || touches.has('writes tree') || calls(statement);
}

function calls(node: TypeScript.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  const isCall = ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isTaggedTemplateExpression(node);
  const isRequire = ts.isCallExpression(node) && node.expression.getText() === 'require';
  return (isCall && !isRequire) || ts.forEachChild(node, (child) => calls(child) || undefined) === true;
}
