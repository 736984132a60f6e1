import { type Followers, strongComponents } from '../graph/strong-components.ts';
import { asItIs, loadGraph, type Modules } from '../split/layout.ts';
import type { Link, ModuleShape } from '../split/module-shape.ts';
import type { BadImport } from './bad-import.ts';
import type { CommentLink } from './comment-links.ts';
import { type ImportRules, layerBy, mayImport } from './import-rules.ts';
import { shortestWay } from './shortest-way.ts';

/** Imports of a tree that break its rules, by place; `comments` are those of doc comments. What was there before is among them. Pure. */
export function badImports(
  modules: Modules,
  rules: ImportRules,
  comments: readonly CommentLink[],
): readonly BadImport[] {
  const found = [
    ...(rules.cycles === undefined ? [] : importsInCycles(modules)),
    ...(rules.layers.length === 0 ? [] : importsAgainstLayers(modules, rules, comments)),
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
function importsAgainstLayers(
  modules: Modules,
  rules: ImportRules,
  comments: readonly CommentLink[],
): readonly BadImport[] {
  const layerOf = layerBy(rules);
  const inComments = new Map<string, CommentLink[]>();
  for (const one of comments) inComments.set(one.from, [...(inComments.get(one.from) ?? []), one]);
  const counts = ({ when }: Pick<Link, 'when'>): boolean => when !== 'type' || rules.typeImports === 'count';
  const linksOf = ({ path, links }: ModuleShape): readonly Led[] =>
    [...links, ...(inComments.get(path) ?? [])].filter(
      (link) => modules.has(link.to) && link.to !== path && counts(link),
    );
  const graph: Followers = new Map(
    [...modules.values()].map((shape) => [
      shape.path,
      layerOf(shape.path) === undefined ? targetsOf(linksOf(shape)) : [],
    ]),
  );
  return [...modules.values()].flatMap((shape) => {
    const own = layerOf(shape.path);
    if (own === undefined) return [];
    const isForbidden = (path: string): boolean => {
      const other = layerOf(path);
      return other !== undefined && !mayImport(own, other);
    };
    const led = linksOf(shape);
    return targetsOf(led).flatMap((next): readonly BadImport[] => {
      const way = shortestWay(graph, next, isForbidden);
      const to = way?.at(-1);
      const other = to === undefined ? undefined : layerOf(to);
      if (way === undefined || to === undefined || other === undefined) return [];
      const line = led.find((link) => link.to === next)?.line ?? 1;
      const chain = [shape.path, ...way];
      return [{ kind: 'layer', file: shape.path, line, to, chain, layers: [own.pattern, other.pattern] }];
    });
  });
}

type Led = Pick<Link, 'to' | 'line' | 'when'>;

function targetsOf(links: readonly Led[]): readonly string[] {
  return [...new Set(links.map(({ to }) => to))];
}
