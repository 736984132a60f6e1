import type { Executor } from '#core/executor';
import { versionsSchema } from '../action.ts';
import { committing, type TreeWorld } from '../execution.ts';
import { installChanged } from '../install-changed.ts';
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
          const installed = await installChanged(world, context.signal);
          const moved = changes.map(({ name, to }) => `${name} ${to}`).join(', ');
          return { ...installed, detail: `${moved}; ${installed.detail}` };
        },
      });
    },
  };
}
