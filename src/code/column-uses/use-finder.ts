import type { CodeUse, UseTree } from './code-use.ts';

/** One way in which code names columns and tables. Looks at texts only; writes nothing. */
export interface UseFinder {
  readonly id: string;
  /** What it knows, for the documentation. */
  readonly summary: string;
  find(tree: UseTree): Promise<readonly CodeUse[]>;
}
