import { type Followers, strongComponents } from '../graph/strong-components.ts';
import { asItIs, loadGraph, type Modules } from '../split/layout.ts';
import type { Link, ModuleShape } from '../split/module-shape.ts';
import type { BadImport } from './bad-import.ts';
import { type ImportRules, layerBy, mayImport } from './import-rules.ts';
import { shortestWay } from './shortest-way.ts';

/** Imports of a tree that break its rules, by place. What was there before is among them. Pure. */
export function badImports(modules: Modules, rules: ImportRules): readonly BadImport[] {
  const found = [
    ...(rules.cycles === undefined ? [] : importsInCycles(modules)),
    ...(rules.layers.length === 0 ? [] : importsAgainstLayers(modules, rules)),
  ];
  return found.sort((one, other) => {
    if (one.file !== other.file) return one.file < other.file ? -1 : 1;
    return one.line - other.line || (one.to < other.to ? -1 : 1);
  });
}

/** Every import between modules of one cycle, each with its shortest way back. */
function importsInCycles(modules: Modules): readonly BadImport[] {
  const graph = loadGraph(modules.keys(), modules, asItIs);
  return strongComponents(graph).flatMap((component) => {
    const inside = new Set(component);
    const within: Followers = new Map(
      component.map((path) => [path, (graph.get(path) ?? []).filter((to) => inside.has(to))]),
    );
    return component.flatMap((file) =>
      (within.get(file) ?? []).map((to): BadImport => {
        const line = modules.get(file)?.links.find((link) => link.to === to && link.when === 'load')?.line ?? 1;
        const back = shortestWay(within, to, (path) => path === file) ?? [];
        return { kind: 'cycle', file, line, to, chain: [file, ...back] };
      }),
    );
  });
}

/** Imports that lead up or sideways, also by way of modules that are in no layer. */
function importsAgainstLayers(modules: Modules, rules: ImportRules): readonly BadImport[] {
  const layerOf = layerBy(rules);
  const counts = ({ when }: Link): boolean => when !== 'type' || rules.typeImports === 'count';
  const graph: Followers = new Map(
    [...modules.values()].map((shape) => [
      shape.path,
      layerOf(shape.path) === undefined ? leadsTo(shape, modules, counts) : [],
    ]),
  );
  return [...modules.values()].flatMap((shape) => {
    const own = layerOf(shape.path);
    if (own === undefined) return [];
    const isForbidden = (path: string): boolean => {
      const other = layerOf(path);
      return other !== undefined && !mayImport(own, other);
    };
    return leadsTo(shape, modules, counts).flatMap((next): readonly BadImport[] => {
      const way = shortestWay(graph, next, isForbidden);
      const to = way?.at(-1);
      const other = to === undefined ? undefined : layerOf(to);
      if (way === undefined || to === undefined || other === undefined) return [];
      const line = shape.links.find((link) => link.to === next && counts(link))?.line ?? 1;
      const chain = [shape.path, ...way];
      return [{ kind: 'layer', file: shape.path, line, to, chain, layers: [own.pattern, other.pattern] }];
    });
  });
}

function leadsTo({ path, links }: ModuleShape, modules: Modules, counts: (link: Link) => boolean): readonly string[] {
  const all = links.filter((link) => modules.has(link.to) && link.to !== path && counts(link));
  return [...new Set(all.map(({ to }) => to))];
}
