import type { CommonModule } from '../reading/common-module.ts';
import { targetOf } from './target.ts';
import type { World } from './world.ts';

/** The cycles among some modules by what they require when they are loaded, each with its files in the order of their names. Pure. */
export function cyclesOf(modules: readonly CommonModule[], world: World): readonly (readonly string[])[] {
  const reach = new Map(modules.map((module) => [module.path, reached(module, modules, world)]));
  const groups = new Map<string, string>();
  for (const { path } of modules) {
    const mates = [...(reach.get(path) ?? [])].filter((other) => reach.get(other)?.has(path) === true);
    if (mates.length > 0) groups.set(path, [...new Set([path, ...mates])].sort().join('\n'));
  }
  return [...new Set(groups.values())].map((group) => group.split('\n'));
}

function reached(module: CommonModule, modules: readonly CommonModule[], world: World): ReadonlySet<string> {
  const byPath = new Map(modules.map((one) => [one.path, one]));
  const seen = new Set<string>();
  const queue = [module];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const call of at.requires) {
      if (call.moment === 'later') continue;
      const target = targetOf(at, call, world);
      const next = target.kind === 'local' ? byPath.get(target.path) : undefined;
      if (next === undefined || seen.has(next.path)) continue;
      seen.add(next.path);
      queue.push(next);
    }
  }
  return seen;
}
