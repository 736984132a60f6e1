import type { SgNode, SgRoot } from '@ast-grep/napi';

/** The file that a syntax tree belongs to. */
export type TreeFile = {
  /** Absolute. */
  readonly filename: string;
  readonly text: string;
  /** True for the file that is being transformed: it is changed by what the transform returns, not by `write`. */
  readonly isCurrent: boolean;
  renamedTo: string | undefined;
};

/**
 * Which file each tree belongs to. A root is known by the id of its node, since the binding makes a new wrapper each time;
 * ids are addresses and are used again, so trees are forgotten with the file that they were parsed for.
 */
export class TreeRoots {
  private readonly files = new Map<number, { readonly file: TreeFile; readonly root: SgRoot }>();

  add(root: SgRoot, file: TreeFile): void {
    // Held so that the address stays taken.
    this.files.set(root.root().id(), { file, root });
  }

  fileOf(node: SgNode): TreeFile | undefined {
    return this.files.get(node.getRoot().root().id())?.file;
  }

  fileOfRoot(root: SgRoot): TreeFile | undefined {
    return this.files.get(root.root().id())?.file;
  }

  clear(): void {
    this.files.clear();
  }
}

/** The outermost node of exactly this range, else the innermost around it. Offsets in UTF-16 code units. */
export function nodeAt(root: SgNode, start: number, end: number): SgNode {
  let current = root;
  for (;;) {
    const inner = current.children().find((child) => {
      const range = child.range();
      return range.start.index <= start && range.end.index >= end;
    });
    if (inner === undefined) return current;
    const range = inner.range();
    if (range.start.index === start && range.end.index === end) return inner;
    current = inner;
  }
}
