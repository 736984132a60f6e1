import type { FileChange } from '../text/file-change.ts';
import type { CodemodWork } from './codemod-work.ts';
import type { Scratch } from './scratch.ts';
import { StepFault } from './step-fault.ts';

/** A copy of the tree, and what it was made to hold. */
export type Laid = { readonly scratch: Scratch; readonly changes: readonly FileChange[] };

/** Makes the copy hold what stands on the stage. Throws StepFault where there may be none. */
export async function syncToScratch(work: CodemodWork): Promise<Laid> {
  const { openScratch } = work.options;
  if (openScratch === undefined) throw new StepFault('There is no copy of the tree in which a program could be run.');
  work.scratch ??= await openScratch();
  const changes = work.stage.changes();
  await work.scratch.put(changes);
  return { scratch: work.scratch, changes };
}

/** Takes on the stage what programs have done to the copy since; what a transform returned meanwhile counts more. */
export async function syncFromScratch({ stage, notes }: CodemodWork, { scratch, changes }: Laid): Promise<void> {
  const before = new Map(changes.map((change) => [change.path, change]));
  const now = new Map((await scratch.changes()).map((change) => [change.path, change]));
  const staged = new Map(stage.changes().map((change) => [change.path, change.after]));
  for (const path of new Set([...before.keys(), ...now.keys()])) {
    const original = before.get(path)?.before ?? now.get(path)?.before;
    const laid = before.has(path) ? before.get(path)?.after : original;
    const found = now.has(path) ? now.get(path)?.after : original;
    const current = staged.has(path) ? staged.get(path) : original;
    if (found === laid || current !== laid) continue;
    const why = await stage.refuses(path);
    if (why !== undefined) {
      notes.push(`What a program did to ${path} is not taken: ${why}`);
      continue;
    }
    if (found === undefined) await stage.remove(path);
    else await stage.put(path, found.replace(/^\uFEFF/, ''));
  }
}
