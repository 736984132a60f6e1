import type { Edge } from '../graph/module-graph.ts';
import { entriesOf } from '../rename/published-by.ts';
import { placeAt } from '../text/place.ts';
import type { ModuleShape } from './module-shape.ts';
import type { OpenModules } from './open-modules.ts';

/** Why what a module exports cannot leave it although it could by itself, by the id of the top level. */
export function outsideHolds({ modules, edges, index, texts }: OpenModules): ReadonlyMap<string, string> {
  const holds = new Map<string, string>();
  const hold = (path: string, why: string): void => {
    for (const id of modules.get(path)?.exports.values() ?? []) if (!holds.has(id)) holds.set(id, why);
  };
  for (const edge of edges) {
    const target = edge.reach?.target;
    if (target === undefined || !modules.has(target)) continue;
    const why = whyHeld(edge, modules.get(edge.from));
    if (why === undefined) continue;
    const { line } = placeAt(edge.from, texts.get(edge.from) ?? '', edge);
    hold(target, `${edge.from}:${line} ${why}`);
  }
  for (const home of index.members.values())
    for (const path of home.name === undefined ? [] : entriesOf(home, index))
      hold(path, `it is exported by ${path}, which package ${home.name} publishes`);
  return holds;
}

/** Undefined for an edge that takes names one by one, which can be written anew. */
function whyHeld({ kind, offset, specifier }: Edge, shape: ModuleShape | undefined): string | undefined {
  if (kind === 'jsdoc') return undefined;
  if (kind === 'mock') return `replaces the module \`${specifier}\` in a test`;
  const link = shape?.links.find((one) => one.offset === offset);
  if (link === undefined) return `names the module \`${specifier}\` otherwise than by an import`;
  if (link.kind === 'whole')
    return link.taken.length === 0 && kind === 'import' ? undefined : `takes the module \`${specifier}\` as a whole`;
  const whole = link.taken.find(({ name, local }) => name === '*' && (link.kind === 'import' || local !== '*'));
  return whole === undefined ? undefined : `takes the module \`${specifier}\` as a whole, by the name ${whole.local}`;
}
