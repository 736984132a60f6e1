import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import type { CommonModule } from '../reading/common-module.ts';
import { touchesOf } from '../reading/effects.ts';
import type { PackageFacts } from '../reading/installed-package.ts';
import type { RequireCall } from '../reading/require-call.ts';
import type { Touch, Touches } from '../reading/touches.ts';
import { clashOf } from './clash.ts';
import { filesLoadedBy, loadTouches, packageTouches, plainIn } from './loading.ts';
import { type Target, targetOf } from './target.ts';
import type { World } from './world.ts';

/** How a require is written in an ES module: as an import, as `await import()`, or as the require that it is, by createRequire. */
export type Way = {
  readonly kind: 'static' | 'await' | 'require';
  /** A statement before it, of which it cannot be told that it may come after what is required; an import comes first. */
  readonly over?: TypeScript.Node;
};
export type Ways = ReadonlyMap<RequireCall, Way>;

const known = new WeakMap<World, Map<CommonModule, Ways>>();

/** How each require of a file is to be written, so that everything is loaded in an order that nobody can tell from that of before. Pure. */
export function waysOf(module: CommonModule, world: World): Ways {
  const all = known.get(world) ?? new Map<CommonModule, Ways>();
  known.set(world, all);
  const found = all.get(module) ?? findWays(module, world);
  all.set(module, found);
  return found;
}

type Run = {
  readonly module: CommonModule;
  readonly world: World;
  /** What has been touched so far, each by the first statement that does. */
  readonly before: Map<Touch, TypeScript.Node>;
  /** Files that are loaded by imports before this place, whatever happens. */
  readonly loaded: Set<string>;
  readonly isInCycle: boolean;
};

function findWays(module: CommonModule, world: World): Ways {
  const ways = new Map<RequireCall, Way>();
  const isInCycle = filesLoadedBy(module, world).has(module.path);
  const run: Run = { module, world, before: new Map(), loaded: new Set(), isInCycle };
  for (const statement of module.source.statements) {
    const own = module.requires.filter((call) => call.statement === statement && call.moment !== 'later');
    for (const call of own) {
      for (const touch of touchesOf(statement, module, {
        until: call.node.getStart(),
        isPlain: plainIn(module, world),
      }))
        note(run, touch, statement);
      ways.set(call, earlyWay(call, run));
    }
    // What loads something for its effect does no more than that.
    if (own.some(({ binding }) => binding.kind === 'effect' && binding.statement === statement)) continue;
    for (const touch of touchesOf(statement, module, { isPlain: plainIn(module, world) })) note(run, touch, statement);
  }
  for (const call of module.requires) if (call.moment === 'later') ways.set(call, lateWay(call, run));
  return ways;
}

function note({ before }: Run, touch: Touch, node: TypeScript.Node): void {
  if (!before.has(touch)) before.set(touch, node);
}

/** For a require that is evaluated while the file is loaded. */
function earlyWay(call: RequireCall, run: Run): Way {
  const { module, world, loaded } = run;
  const target = targetOf(module, call, world);
  if (target.kind === 'builtin') return { kind: 'static' };
  const touches = touchesOfTarget(call, target, run);
  const way = wayAfter(call, { target, touches, run });
  // What looks at who requires it acts when it is called, which is another statement.
  const isCalledLater = target.kind === 'package' && target.facts.asksParent && call.binding.kind !== 'effect';
  if (way.kind !== 'static') {
    if (!isCalledLater) for (const touch of touches) note(run, touch, call.statement);
  } else if (target.kind === 'local' && !run.isInCycle) {
    loaded.add(target.path);
    const required = world.modules.get(target.path);
    if (required !== undefined) for (const path of filesLoadedBy(required, world)) loaded.add(path);
  }
  return way;
}

type Early = { readonly target: Target; readonly touches: Touches; readonly run: Run };

function wayAfter(call: RequireCall, { target, touches, run }: Early): Way {
  const { module, world, before } = run;
  if (isKept(call, target, world)) return { kind: 'require' };
  if (target.kind === 'json' && call.moment !== 'load') return { kind: 'require' };
  // A module that awaits lets those that are imported after it go first: only one that nothing imports may do so unseen.
  const late: Way = { kind: world.mayAwait(module.path) && target.kind !== 'json' ? 'await' : 'require' };
  if (call.moment === 'condition') return asksForCode(call) ? { kind: 'require' } : late;
  const clash = clashOf(new Set(before.keys()), touches);
  if (clash === undefined) return { kind: 'static' };
  const over = before.get(clash.touch);
  return clash.isSure || over === undefined || late.kind === 'await' ? late : { kind: 'static', over };
}

/** What has to stay a require whenever it is evaluated. */
function isKept(call: RequireCall, target: Target, { modules, node }: World): boolean {
  switch (target.kind) {
    case 'unknown':
      return true;
    case 'json':
      return !node.hasAttributes;
    case 'package':
      return target.facts.asksParent || !isUsable(call, target.facts);
    case 'local':
      return !modules.has(target.path) && !target.path.endsWith('.cjs');
    default:
      return false;
  }
}

/** For a require in a function: an import, where the file is loaded by then in any case. */
function lateWay(call: RequireCall, { module, world, loaded }: Run): Way {
  const target = targetOf(module, call, world);
  if (target.kind === 'builtin') return { kind: 'static' };
  if (target.kind === 'local' && loaded.has(target.path)) return { kind: 'static' };
  if (target.kind === 'json' || isKept(call, target, world)) return { kind: 'require' };
  return { kind: call.mayAwait ? 'await' : 'require' };
}

/** What loading the target of a require does, if nothing has loaded it before. */
function touchesOfTarget(call: RequireCall, target: Target, { world, before, loaded }: Run): Touches {
  if (target.kind === 'local') return loadTouches(target.path, world, loaded);
  // JSON is read from a file, which a statement before may have written.
  if (target.kind === 'json') return new Set(before.has('writes tree') ? ['reads tree'] : []);
  return packageTouches(call, target);
}

/** The error for a module that is not there has another code under `import`. */
function asksForCode({ node }: RequireCall): boolean {
  const held = ts.findAncestor(node, (one) => ts.isTryStatement(one));
  return held !== undefined && /MODULE_NOT_FOUND/.test(held.getText());
}

/** A package that gives `import` a module of its own has to have there what the file takes of it. */
function isUsable({ binding }: RequireCall, facts: PackageFacts): boolean {
  if (facts.kind === 'common') return true;
  if (binding.kind === 'effect') return !facts.isDual;
  if (binding.kind === 'names') return binding.names?.every(({ from }) => facts.names.has(from)) === true;
  if (binding.kind === 'member') return facts.names.has(binding.name);
  return (
    facts.isDual && facts.hasDefault && !facts.requiredNames.has('default') && !facts.requiredNames.has('__esModule')
  );
}
