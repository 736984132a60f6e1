import { strongComponents } from '../graph/strong-components.ts';
import { asItIs, loadGraph, type Modules } from '../split/layout.ts';

/**
 * Modules that import each other in a ring. `load`: each is run before the other, which cannot be; `lazy`: one of the imports
 * runs later, when it is asked for; `type`: types alone go round, and nothing of it is there when the program runs.
 */
export type ImportCycle = { readonly kind: 'load' | 'lazy' | 'type'; readonly modules: readonly string[] };

/** Every cycle of a tree as the strong component that holds it; of several kinds the gravest. Pure. */
export function importCycles(modules: Modules): readonly ImportCycle[] {
  const load = strongComponents(loadGraph(modules.keys(), modules, asItIs)).map(asCycle('load'));
  const known = new Set(load.flatMap((one) => one.modules));
  const lazy = strongComponents(wider(modules, ['load', 'lazy'])).map(asCycle('lazy'));
  const isNew = ({ modules: all }: ImportCycle): boolean => all.every((path) => !known.has(path));
  const lazyOnly = lazy.filter(isNew);
  for (const path of lazyOnly.flatMap((one) => one.modules)) known.add(path);
  const type = strongComponents(wider(modules, ['load', 'lazy', 'type']))
    .map(asCycle('type'))
    .filter(isNew);
  return [...load, ...lazyOnly, ...type];
}

function asCycle(kind: ImportCycle['kind']): (modules: readonly string[]) => ImportCycle {
  return (modules) => ({ kind, modules });
}

function wider(modules: Modules, kinds: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...modules.values()].map(({ path, links }) => [
      path,
      links.filter(({ when, to }) => kinds.includes(when) && modules.has(to) && to !== path).map(({ to }) => to),
    ]),
  );
}
