import { isIndexed, treeIndex } from '../graph/tree-index.ts';
import { applyFileEdits } from '../text/apply-file-edits.ts';
import type { FileChange } from '../text/file-change.ts';
import { type Evaluation, type OrderChange, orderChanges } from './evaluation.ts';
import { asItIs, type Layout, loadGraph } from './layout.ts';
import type { OpenModules } from './open-modules.ts';
import { proveLayout } from './prove-layout.ts';
import { type LayoutObstacle, writeLayout } from './write-layout.ts';

/** What a layout comes to: its changes, what stands in its way, and what runs in another order then. */
export type LayoutStudy = {
  readonly layout: Layout;
  /** Sorted by path. */
  readonly changes: readonly FileChange[];
  readonly obstacles: readonly LayoutObstacle[];
  readonly orders: readonly OrderChange[];
};

/** Writes a layout and proves it. Reads only. */
export async function studyLayout(open: OpenModules, layout: Layout, signal: AbortSignal): Promise<LayoutStudy> {
  const { modules, edges, index, texts } = open;
  const indexed = new Map([...texts].filter(([path]) => isIndexed(path)));
  const fresh = [...new Set(layout.moved.values())];
  const names = {
    before: index,
    after: treeIndex([...open.paths, ...fresh].toSorted(), indexed),
    edges: new Map(edges.map((edge) => [`${edge.from}:${edge.offset}`, edge])),
  };
  const written = writeLayout(modules, layout, names);
  const edited = [...written.edits].map(([path, edits]): FileChange => {
    const before = texts.get(path) ?? '';
    return { path, before, after: applyFileEdits(edits, before) };
  });
  const made = [...written.fresh.values()].map(
    ({ path, text }): FileChange => ({ path, before: undefined, after: text }),
  );
  const changes = [...edited, ...made].toSorted((one, other) => (one.path < other.path ? -1 : 1));
  const changed = new Map(changes.map(({ path, after = '' }) => [path, after]));
  const obstacles =
    written.obstacles.length > 0 ? written.obstacles : await proveLayout(open, { layout, written, changed, signal });
  return { layout, changes, obstacles, orders: ordersOf(open, layout) };
}

function ordersOf({ modules }: OpenModules, layout: Layout): readonly OrderChange[] {
  const [before, after] = [asItIs, layout].map((one): Evaluation => {
    const runs = new Map<string, string[]>();
    for (const { path, topLevels } of modules.values()) {
      for (const { id, line, runs: isRun } of topLevels) {
        const holder = one.moved.get(id) ?? path;
        if (isRun) runs.set(holder, [...(runs.get(holder) ?? []), `${path}:${line}`]);
      }
    }
    return { graph: loadGraph(modules.keys(), modules, one), runs };
  });
  return before === undefined || after === undefined ? [] : orderChanges(before, after);
}
