import type { CommonModule } from '../reading/common-module.ts';
import { anything, type Touch, type Touches, touchesOf } from '../reading/effects.ts';
import type { RequireCall } from '../reading/require-call.ts';
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

/** False where a member of what a file requires, or of its own exports, may be a getter or anything else that runs code. Pure. */
export function isPlain(module: CommonModule, world: World): boolean {
  const all = remembered(world).plain;
  const there = all.get(module.path);
  if (there !== undefined) return there;
  const found = [module.path, ...reached(module, world, { mayBe: true })].every(
    (path) => !accessors.test(world.modules.get(path)?.text ?? ''),
  );
  all.set(module.path, found);
  return found;
}

const accessors =
  /\b[gs]et\s+(?:[\w$#]+|\[[^\]]*\]|'[^']*'|"[^"]*")\s*\(|\bdefinePropert|__define[GS]etter|\bProxy\b|\bReflect\b|setPrototypeOf|__proto__|Object\.create\b/;

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
    for (const touch of touchesOf(statement, module, { isPlain: isPlain(module, world) })) found.add(touch);
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
