import type { Executor } from '#core/executor';
import { versionsSchema } from '../action.ts';
import { committing, type TreeWorld } from '../execution.ts';
import { runFolder } from '../repository/tree-run.ts';
import { readText } from '../text/read-text.ts';
import { writeChanges } from '../tree/tree.ts';
import { manifestChanges } from '../upgrade/manifest-edits.ts';
import { installChanged } from '../workspace/install-changed.ts';

/** Sets versions where they are declared, has the package manager install them, and commits both. */
export function versions(world: TreeWorld): Executor {
  const { repository } = world;
  const { root } = repository.git;
  return {
    kind: 'code/versions',
    execute: (action, context) => {
      const { message, changes, overrides, runtime } = versionsSchema.parse(action);
      return committing(world, context, {
        title: message,
        write: async (already) => {
          if (already.length === 0) {
            const edits = await manifestChanges({ changes, overrides, runtime }, async (path) => {
              const answer = await readText(root, path);
              return answer.kind === 'text' ? answer.text : undefined;
            });
            await writeChanges(root, edits, runFolder(repository, context.runId));
          }
          const node = runtime === undefined ? undefined : await world.nodeFor(runtime.range, context.signal);
          const installed = await installChanged(world, context.signal, node);
          const raised = runtime === undefined ? [] : [`Node ${runtime.range} in ${runtime.files.length} files`];
          const moved = [...new Set([...raised, ...changes.map(({ name, to }) => `${name} ${to}`)])].join(', ');
          return { ...installed, detail: `${moved}; ${installed.detail}` };
        },
      });
    },
  };
}
