import { treeProjects } from '../api/tree-projects.ts';
import type { SourceTree } from '../engine/recipe-run.ts';
import type { Edge } from '../graph/module-graph.ts';
import { isModuleKind } from '../graph/occurrence.ts';
import { baseName } from '../text/search-text.ts';
import { openProject, type RenameProject } from './rename-project.ts';

type World = {
  /** Absolute, without symbolic links. */
  readonly root: string;
  readonly texts: ReadonlyMap<string, string>;
  readonly tree: SourceTree;
  readonly edges: readonly Edge[];
  readonly signal: AbortSignal;
  /** True for a project of these files that is to be opened. */
  readonly isWanted: (files: readonly string[]) => boolean;
};

const source = /\.([cm]?[jt]s|[jt]sx)$/;

/** The projects of a tree. The nearest tsconfig.json above a file comes first, as in editors. */
export function openProjects({ root, texts, tree, edges, signal, isWanted }: World): readonly RenameProject[] {
  const depth = (path: string): number => path.split('/').length;
  const isPlain = (path: string): number => (/^[tj]sconfig\.json$/.test(baseName(path)) ? 0 : 1);
  const configs = tree.paths
    .filter((path) => /^[tj]sconfig[^/]*\.json$/.test(baseName(path)))
    .sort((one, other) => isPlain(one) - isPlain(other) || depth(other) - depth(one) || (one < other ? -1 : 1));
  const files = tree.paths.filter((path) => texts.has(path));
  const reaches = reachesOf(edges);
  const projects: RenameProject[] = [];
  for (const project of treeProjects({ root, files, configs })) {
    signal.throwIfAborted();
    const own = project.files.map((file) => file.slice(root.length + 1));
    if (isWanted(own)) projects.push(openProject(project, { root, texts, reaches, signal }));
  }
  return projects;
}

/** Which module each specifier reaches, by `from specifier`. */
export function reachesOf(edges: readonly Edge[]): ReadonlyMap<string, string> {
  const reaches = new Map<string, string>();
  for (const { kind, from, specifier, reach } of edges)
    if (isModuleKind(kind) && reach !== undefined && source.test(reach.target))
      reaches.set(`${from} ${specifier}`, reach.target);
  return reaches;
}
