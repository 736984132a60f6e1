import type { Executor } from '#core/executor';
import { editsSchema } from '../action.ts';
import { committing, type TreeWorld } from '../execution.ts';
import { runFolder } from '../repository/tree-run.ts';
import { applyFileEdits, movedFile } from '../text/apply-file-edits.ts';
import type { FileChange } from '../text/file-change.ts';
import type { FileEdits } from '../text/file-edits.ts';
import { readText } from '../text/read-text.ts';
import { writeChanges } from '../tree/tree.ts';

/** Writes edits that the plan holds, and commits them. */
export function edits(world: TreeWorld): Executor {
  const { repository } = world;
  return {
    kind: 'code/edits',
    execute: (action, context) => {
      const { message, files } = editsSchema.parse(action);
      return committing(world, context, {
        title: message,
        write: async (already) => {
          if (already.length === 0) {
            const changes = await changesOf(repository.git.root, files);
            await writeChanges(repository.git.root, changes, runFolder(repository, context.runId));
          }
          const count = files.reduce((sum, file) => sum + file.edits.length, 0);
          return { paths: files.map(({ path }) => path), detail: `${count} edits in ${files.length} files` };
        },
      });
    },
  };
}

/** The whole texts that planned edits make. Throws `drift` where what they replace is not there any more. */
export async function changesOf(root: string, files: readonly FileEdits[]): Promise<readonly FileChange[]> {
  const changes: FileChange[] = [];
  for (const { path, edits } of files) {
    const answer = await readText(root, path);
    if (answer.kind === 'unreadable') throw movedFile(path, answer.why);
    changes.push({ path, before: answer.text, after: applyFileEdits({ path, edits }, answer.text) });
  }
  return changes;
}
