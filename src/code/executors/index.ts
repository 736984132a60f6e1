import type { Executor } from '#core/executor';
import type { TreeWorld } from '../execution.ts';
import { committed } from './committed.ts';
import { edits } from './edits.ts';
import { handEdits } from './hand-edits.ts';
import { goBack } from './return.ts';
import { start } from './start.ts';
import { undo } from './undo.ts';

/** All that is done in a working tree: one executor for each kind of action. */
export function treeExecutors(world: TreeWorld): readonly Executor[] {
  return [start(world), goBack(world), edits(world), handEdits(world), undo(world), committed(world)];
}
