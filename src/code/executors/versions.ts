import type { Executor } from '#core/executor';
import { versionsSchema } from '../action.ts';
import { committing, type TreeWorld } from '../execution.ts';
import { readText } from '../read-text.ts';
import { runFolder } from '../repository/tree-run.ts';
import { writeChanges } from '../tree.ts';
import { manifestChanges } from '../upgrade/manifest-edits.ts';

/** Sets versions where they are declared, has the package manager install them, and commits both. */
export function versions(world: TreeWorld): Executor {
  const { repository } = world;
  const { root } = repository.git;
  return {
    kind: 'code/versions',
    execute: (action, context) => {
      const { message, changes, overrides } = versionsSchema.parse(action);
      return committing(world, context, {
        title: message,
        write: async (already) => {
          if (already.length === 0) {
            const edits = await manifestChanges({ changes, overrides }, async (path) => {
              const answer = await readText(root, path);
              return answer.kind === 'text' ? answer.text : undefined;
            });
            await writeChanges(root, edits, runFolder(repository, context.runId));
          }
          const installed = await world.install('update', context.signal);
          // What the install has changed besides is committed too: lock files, wherever they stand.
          const changed = await repository.changedFiles();
          const fresh = await repository.untrackedFiles();
          const locks = fresh.filter((path) =>
            /(^|\/)(package-lock\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/.test(path),
          );
          const inside = changed.filter((path) => path.startsWith(repository.prefix));
          return {
            paths: [...inside.map((path) => path.slice(repository.prefix.length)), ...locks],
            detail: `${changes.map(({ name, to }) => `${name} ${to}`).join(', ')}; ${installed.detail}`,
            findings: installed.findings,
          };
        },
      });
    },
  };
}
