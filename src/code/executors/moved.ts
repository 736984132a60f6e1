import type { Executor } from '#core/executor';
import { movedSchema } from '../action.ts';
import type { TreeWorld } from '../execution.ts';
import { zeroSeparated } from '../repository/git.ts';
import { readStart, runFolder } from '../repository/tree-run.ts';
import { committed } from './committed.ts';

/** Every file stands where it was to go, nothing is left where it was, and git sees the way from one to the other. */
export function moved(world: TreeWorld): Executor {
  const { repository } = world;
  return {
    kind: 'code/moved',
    execute: async (action, context) => {
      const { moves } = movedSchema.parse(action);
      const clean = await committed(world).execute({ kind: 'code/committed' }, context);
      if (!clean.ok) return clean;
      const there = new Set((await repository.trackedFiles()).files);
      const targets = new Set(moves.map(({ to }) => to));
      const wrong = moves.filter(({ from, to }) => !there.has(to) || (there.has(from) && !targets.has(from)));
      if (wrong.length > 0) {
        const shown = wrong.slice(0, 5).map(({ from, to }) => `${from} → ${to}`);
        return {
          ok: false,
          detail: `${wrong.length} of ${moves.length} files are not where they were to go: ${shown.join(', ')}`,
        };
      }
      const start = await readStart(runFolder(repository, context.runId));
      const renames = start === undefined ? [] : await renamesSince(world, start.head);
      const seen = moves.filter(({ from, to }) => renames.includes(`${from} ${to}`)).length;
      return {
        ok: true,
        detail: `${moves.length} files are where they were to go; git sees ${seen} of them as renamed`,
      };
    },
  };
}

/** Git looks for renames among as many files as there are, not only among the first thousand. */
async function renamesSince({ repository: { git } }: TreeWorld, commit: string): Promise<readonly string[]> {
  const parts = zeroSeparated(
    await git.out([
      'log',
      '--no-merges',
      '--format=',
      '--name-status',
      '--find-renames',
      '-l0',
      '--diff-filter=R',
      '--relative',
      '-z',
      `${commit}..HEAD`,
    ]),
  );
  return parts.flatMap((part, at) =>
    /^R\d+$/.test(part.trim()) ? [`${parts[at + 1] ?? ''} ${parts[at + 2] ?? ''}`] : [],
  );
}
