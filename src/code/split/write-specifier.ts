import type { Edge } from '../graph/module-graph.ts';
import type { Habit, Reach } from '../graph/reach.ts';
import { resolve } from '../graph/resolve.ts';
import type { TreeIndex } from '../graph/tree-index.ts';
import { relativeNames } from '../move/candidates.ts';
import { needsExtension } from '../move/needs-extension.ts';
import { rewrite } from '../move/rewrite.ts';

/** How specifiers are resolved before and after, and which specifiers there are. */
export type Names = {
  readonly before: TreeIndex;
  readonly after: TreeIndex;
  /** Edges by `file:offset`. */
  readonly edges: ReadonlyMap<string, Edge>;
};

/** A specifier that reaches a module from another one; or why none does. */
export type Written = { readonly text: string } | { readonly why: string };

type Wanted = { readonly id: string; readonly holder: string; readonly target: string };

/** How a specifier is written for another holder or another target, in the style that it has. Pure. */
export function respecified({ id, holder, target }: Wanted, { before, after, edges }: Names): Written {
  const edge = edges.get(id);
  if (edge?.reach === undefined) {
    const isFixed = edge !== undefined && (edge.from === holder || !edge.specifier.startsWith('.'));
    return isFixed ? { text: edge.specifier } : { why: 'its specifier reaches no file of the tree' };
  }
  const files = new Map([
    [edge.from, holder],
    [edge.reach.target, target],
  ]);
  const found = rewrite({ ...edge, reach: edge.reach }, { before, after, moved: { files, folders: new Map() } });
  if (found.kind === 'stuck') return { why: found.why };
  return { text: found.kind === 'same' ? edge.specifier : found.text };
}

/** Two modules of which one is to import the other; `beside` is the module whose ways of writing hold where `from` is new. */
type Pair = { readonly from: string; readonly target: string; readonly beside: string };

/** A specifier between two modules that had none: relative, with the ending that is written there, or that its place asks for. Pure. */
export function newSpecifier({ from, target, beside }: Pair, { after, edges }: Names): Written {
  const habit = habitOf([from, beside], { after, edges });
  const reach: Reach = { target, route: 'relative', habit, isBuilt: false };
  const names = relativeNames({ from, target, specifier: './x', reach }, after);
  const found = names.find((text) => resolve(from, { kind: 'import', specifier: text }, after)?.target === target);
  return found === undefined ? { why: `no relative path reaches ${target}` } : { text: found };
}

/** How one of the modules writes endings, else how others write that reach one of them, else what its place asks for. */
function habitOf(modules: readonly [string, string], { after, edges }: Pick<Names, 'after' | 'edges'>): Habit {
  const relative = [...edges.values()].filter(({ reach }) => reach?.route === 'relative' && reach.habit !== 'index');
  const isOwn = ({ from }: Edge): boolean => modules.includes(from);
  const known =
    relative.find(isOwn) ?? relative.find(({ reach }) => reach !== undefined && modules.includes(reach.target));
  if (known?.reach !== undefined) return known.reach.habit;
  return needsExtension(modules[0], after) ? 'script-for-type' : 'no-extension';
}
