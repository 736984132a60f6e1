import type { CommonModule } from '../reading/common-module.ts';
import { touchesOf } from '../reading/effects.ts';
import type { RequireCall } from '../reading/require-call.ts';
import { anything, type IsPlain, makesExports, type Touch, type Touches } from '../reading/touches.ts';
import { type Target, targetOf } from './target.ts';
import type { World } from './world.ts';

/** Files that are loaded with one, whatever happens: all that it and those require when they are loaded. Pure. */
export function filesLoadedBy(module: CommonModule, world: World): ReadonlySet<string> {
  return reached(module, world, { mayBe: false });
}

/** What loading a file of the package may do, with all that it loads; those that are loaded already do nothing more. Pure. */
export function loadTouches(path: string, world: World, loaded: ReadonlySet<string>): Touches {
  const module = world.modules.get(path);
  if (loaded.has(path)) return new Set();
  if (module === undefined) return anything;
  const found = new Set<Touch>();
  for (const one of [path, ...reached(module, world, { mayBe: true })]) {
    const file = world.modules.get(one);
    if (loaded.has(one)) continue;
    for (const touch of file === undefined ? anything : ownTouches(file, world)) found.add(touch);
  }
  return found;
}

/** Where members of what a file has in hand are plain values, not getters or anything else that runs code. Pure. */
export function plainIn(module: CommonModule, world: World): IsPlain {
  const isPlainAnywhere = (from: CommonModule): boolean => {
    const all = remembered(world).plain;
    const there = all.get(from.path);
    if (there !== undefined) return there;
    const paths = [from.path, ...reached(from, world, { mayBe: true })];
    const found = paths.every((path) => isPlainText(world.modules.get(path)));
    all.set(from.path, found);
    return found;
  };
  return (what) => {
    if (what === 'own') return !defining.test(module.text);
    if (what === 'any') return isPlainAnywhere(module);
    const target = targetOf(module, what, world);
    if (target.kind === 'json') return true;
    const required = target.kind === 'local' ? world.modules.get(target.path) : undefined;
    if (required === undefined) return false;
    return (makesExports(required) && !defining.test(required.text)) || isPlainAnywhere(required);
  };
}

function isPlainText(module: CommonModule | undefined): boolean {
  return module !== undefined && !accessors.test(module.text) && !defining.test(module.text);
}

const accessors = /\b[gs]et\s+(?:[\w$#]+|\[[^\]]*\]|'[^']*'|"[^"]*")\s*\(/;
/** What puts a getter, setter or prototype on an object that is there already. */
const defining = /\bdefinePropert|__define[GS]etter|\bProxy\b|\bReflect\b|setPrototypeOf|__proto__|Object\.create\b/;

type Remembered = { readonly touches: Map<string, Touches>; readonly plain: Map<string, boolean> };

const known = new WeakMap<World, Remembered>();

function remembered(world: World): Remembered {
  const all = known.get(world) ?? { touches: new Map(), plain: new Map() };
  known.set(world, all);
  return all;
}

function ownTouches(module: CommonModule, world: World): Touches {
  const all = remembered(world).touches;
  const there = all.get(module.path);
  if (there !== undefined) return there;
  const found = new Set<Touch>();
  for (const statement of module.source.statements)
    for (const touch of touchesOf(statement, module, { isPlain: plainIn(module, world) })) found.add(touch);
  for (const call of module.requires) {
    if (call.moment === 'later') continue;
    for (const touch of packageTouches(call, targetOf(module, call, world))) found.add(touch);
  }
  all.set(module.path, found);
  return found;
}

/** What loading something else than a file of the package may do: a package that is loaded for nothing but its effect has one. Pure. */
export function packageTouches({ binding, specifier }: RequireCall, { kind }: Target): Touches {
  if (kind === 'unknown' && specifier.startsWith('.')) return anything;
  if (kind !== 'package' && kind !== 'unknown') return new Set();
  return new Set(binding.kind === 'effect' ? ['calls package', 'writes world'] : ['calls package']);
}

function reached(module: CommonModule, world: World, { mayBe }: { readonly mayBe: boolean }): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = [module];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const call of at.requires) {
      if (call.moment === 'later' || (call.moment === 'condition' && !mayBe)) continue;
      const target = targetOf(at, call, world);
      if (target.kind !== 'local' || seen.has(target.path)) continue;
      seen.add(target.path);
      const next = world.modules.get(target.path);
      if (next !== undefined) queue.push(next);
    }
  }
  return seen;
}
