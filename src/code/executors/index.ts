import type { Executor } from '#core/executor';
import type { TreeWorld } from '../execution.ts';
import { baseline } from './baseline.ts';
import { changes } from './changes.ts';
import { committed } from './committed.ts';
import { deprecations } from './deprecations.ts';
import { edits } from './edits.ts';
import { gate } from './gate.ts';
import { handEdits } from './hand-edits.ts';
import { move } from './move.ts';
import { moved } from './moved.ts';
import { read } from './read.ts';
import { recipe } from './recipe.ts';
import { goBack } from './return.ts';
import { start } from './start.ts';
import { tool } from './tool.ts';
import { undo } from './undo.ts';
import { versions } from './versions.ts';

/** All that is done in a working tree: one executor for each kind of action. */
export function treeExecutors(world: TreeWorld): readonly Executor[] {
  const all = [
    start,
    goBack,
    baseline,
    read,
    versions,
    edits,
    move,
    moved,
    changes,
    tool,
    recipe,
    deprecations,
    gate,
    handEdits,
    committed,
    undo,
  ];
  return all.map((executor) => executor(world));
}
