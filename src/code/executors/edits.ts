import { fail } from '#core/error';
import type { Executor } from '#core/executor';
import { editsSchema, type FileEdits } from '../action.ts';
import { committing, type TreeWorld } from '../execution.ts';
import type { FileChange } from '../file-change.ts';
import { readText } from '../read-text.ts';
import { runFolder } from '../repository/tree-run.ts';
import { writeChanges } from '../tree.ts';

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
    if (answer.kind === 'unreadable') throw moved(path, answer.why);
    changes.push({ path, before: answer.text, after: applied(path, answer.text, edits) });
  }
  return changes;
}

function applied(path: string, text: string, edits: FileEdits['edits']): string {
  let after = text;
  for (const { offset, length, before, text: put } of edits.toSorted((one, other) => other.offset - one.offset)) {
    if (text.slice(offset, offset + length) !== before) {
      throw moved(path, `At character ${offset} stands something else than \`${before.slice(0, 80)}\`.`);
    }
    after = `${after.slice(0, offset)}${put}${after.slice(offset + length)}`;
  }
  return after;
}

function moved(path: string, why: string) {
  return fail('drift', {
    what: `${path} is not as the plan knows it; no file was touched.`,
    why,
    next: 'Bring the file back as it was, or make a new plan.',
  });
}
