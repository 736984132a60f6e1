import type { Finding } from '#core/finding';
import type { RecipeRun } from '../engine/recipe-run.ts';
import type { FileChange } from '../text/file-change.ts';
import { allParts, type Part, partOf } from '../tree/part-of.ts';

/** What a recipe does and leaves open in some parts of a tree. */
export type RecipePart = {
  readonly parts: readonly Part[];
  readonly changes: readonly FileChange[];
  readonly open: readonly Finding[];
};

type Run = Pick<RecipeRun, 'changes' | 'unresolved' | 'faults'>;

/** What a run did and left open in files of some parts; what is of no file is of the code. Pure. */
export function inParts(parts: readonly Part[], { changes, unresolved, faults }: Run): RecipePart {
  return {
    parts,
    changes: changes.filter(({ path }) => parts.includes(partOf(path))),
    open: [...unresolved, ...faults].filter(({ file }) => parts.includes(file === undefined ? 'code' : partOf(file))),
  };
}

/** A run as one part. Pure. */
export function wholeOf(run: Run): RecipePart {
  return inParts(allParts, run);
}

/**
 * The parts in which a recipe can be run one after the other, each in a commit of its own, with the same result as at once:
 * `again` runs it on the tree with changes made before. Together they are about every part; where the recipe decides by one
 * file what becomes of another that is changed before, they are one.
 */
export async function recipeParts(
  run: Run,
  again: (over: readonly FileChange[]) => Promise<Run>,
): Promise<readonly RecipePart[]> {
  const [first, ...others] = allParts.filter((part) => isThere(inParts([part], run)));
  if (first === undefined) return [wholeOf(run)];
  const apart = [allParts.filter((part) => !others.includes(part)), ...others.map((part) => [part])];
  const found = apart.map((parts) => inParts(parts, run));
  const made: FileChange[] = [];
  for (const one of found) {
    const now = made.length === 0 ? one : inParts(one.parts, await again(made));
    if (JSON.stringify(now) !== JSON.stringify(one)) return [wholeOf(run)];
    made.push(...one.changes);
  }
  return found;
}

function isThere({ changes, open }: RecipePart): boolean {
  return changes.length + open.length > 0;
}
