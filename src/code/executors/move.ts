import type { Executor } from '#core/executor';
import { moveSchema } from '../action.ts';
import { committing, type TreeWorld } from '../execution.ts';
import { runFolder } from '../repository/tree-run.ts';
import { forgetModules, writeMoves } from '../tree/tree.ts';
import { changesOf } from './edits.ts';

/** Moves files with the edits that this needs in them and in others, and commits all of it at once. */
export function move(world: TreeWorld): Executor {
  const { repository } = world;
  return {
    kind: 'code/move',
    execute: (action, context) => {
      const { message, moves, files, members = [] } = moveSchema.parse(action);
      const places = new Map(moves.map(({ from, to }) => [from, to]));
      return committing(world, context, {
        title: message,
        write: async (already) => {
          if (already.length === 0) {
            const edited = await changesOf(repository.git.root, files);
            const changes = edited.map((change) => ({ ...change, path: places.get(change.path) ?? change.path }));
            await writeMoves(repository.git.root, { moves, changes }, runFolder(repository, context.runId));
          }
          for (const { from } of members) await forgetModules(repository.git.root, from);
          const installed = members.length === 0 ? undefined : await world.install('frozen', context.signal);
          const count = files.reduce((sum, file) => sum + file.edits.length, 0);
          return {
            paths: [
              ...moves.flatMap(({ from, to }) => [from, to]),
              ...files.map(({ path }) => places.get(path) ?? path),
            ],
            detail: `${moves.length} files moved, ${count} edits in ${files.length} files${installed === undefined ? '' : `; ${installed.detail}`}`,
            findings: installed?.findings ?? [],
            measures: { files: moves.length, edits: count },
          };
        },
      });
    },
  };
}
