import { setImmediate } from 'node:timers/promises';
import type { SourceTree } from '../engine/recipe-run.ts';
import { type Edge, edgesOf, readNames } from '../graph/module-graph.ts';
import type { TreeIndex } from '../graph/tree-index.ts';
import { openProjects } from '../rename/open-projects.ts';
import type { RenameProject } from '../rename/rename-project.ts';
import type { Modules } from './layout.ts';
import type { ModuleShape } from './module-shape.ts';
import { readShape } from './read-shape.ts';

/** A tree with its modules by their top level, and the projects that say what names in them mean. */
export type OpenModules = {
  readonly root: string;
  readonly modules: Modules;
  readonly texts: ReadonlyMap<string, string>;
  readonly projects: readonly RenameProject[];
  readonly edges: readonly Edge[];
  readonly index: TreeIndex;
  readonly paths: readonly string[];
};

export type OpenOptions = {
  /** Absolute, without symbolic links. */
  readonly root: string;
  readonly signal: AbortSignal;
};

/** Reads a tree and the shape of every module in it. Reads only. */
export async function openModules(tree: SourceTree, { root, signal }: OpenOptions): Promise<OpenModules> {
  const texts = new Map<string, string>();
  const read: SourceTree['read'] = async (path) => {
    const answer = await tree.read(path);
    if ('text' in answer) texts.set(path, answer.text);
    return answer;
  };
  const { index, names } = await readNames({ paths: tree.paths, read }, signal);
  const edges = edgesOf(names, index);
  const projects = openProjects({ root, texts, tree, edges, signal, isWanted: () => true });
  const byFile = new Map<string, Edge[]>();
  for (const edge of edges) byFile.set(edge.from, [...(byFile.get(edge.from) ?? []), edge]);
  const modules = new Map<string, ModuleShape>();
  for (const { files, program, options } of projects) {
    for (const path of files) {
      const file = modules.has(path) ? undefined : program.getSourceFile(`${root}/${path}`);
      if (file === undefined) continue;
      await setImmediate();
      signal.throwIfAborted();
      const checker = program.getTypeChecker();
      modules.set(path, readShape({ path, file, checker, options, edges: byFile.get(path) ?? [] }));
    }
  }
  return { root, modules, texts, projects, edges, index, paths: tree.paths };
}
