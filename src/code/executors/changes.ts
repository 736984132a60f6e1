import { join } from 'node:path';
import type * as z from 'zod';
import { hashOf } from '#core/canonical';
import type { Executor } from '#core/executor';
import { changesSchema } from '../action.ts';
import { committing, type TreeWorld } from '../execution.ts';
import { isLockFile } from '../install/files-changed.ts';
import { runFolder } from '../repository/tree-run.ts';
import { movedFile } from '../text/apply-file-edits.ts';
import type { FileChange } from '../text/file-change.ts';
import { readText } from '../text/read-text.ts';
import { baseName, folderPath } from '../text/search-text.ts';
import { forgetKept, writeMoves } from '../tree/tree.ts';
import { installWhereDeclared } from '../workspace/install-changed.ts';
import { changesOf } from './edits.ts';

type Planned = z.infer<typeof changesSchema>;

/** Writes what a recipe made of the tree when the plan was made, installs what it then declares, and commits both. */
export function changes(world: TreeWorld): Executor {
  const { repository } = world;
  return {
    kind: 'code/changes',
    execute: (action, context) => {
      const planned = changesSchema.parse(action);
      const { message, moves, files, written, removed } = planned;
      return committing(world, context, {
        title: message,
        write: async (already) => {
          if (already.length === 0) {
            const all = await allChanges(planned, repository.git.root);
            await writeMoves(repository.git.root, { moves, changes: all }, runFolder(repository, context.runId));
          }
          await withoutOtherInstall(planned, repository.git.root);
          const paths = [...new Set([...moves.flatMap(({ from, to }) => [from, to]), ...pathsOf(planned)])];
          const more = await installWhereDeclared(paths, world, context.signal);
          return {
            paths: [...paths, ...more.paths],
            detail: `${files.length} files changed, ${moves.length} renamed, ${written.length} new, ${removed.length} gone${more.detail}`,
            measures: { files: pathsOf(planned).length + moves.length },
            findings: more.findings,
            mayBeByHand: more.mayBeByHand,
          };
        },
      });
    },
  };
}

/** What another package manager installed goes, or code would still reach what it had laid there. */
async function withoutOtherInstall({ written, removed, files }: Planned, root: string): Promise<void> {
  if (!written.some(({ path }) => isLockFile(path)) || !removed.some(({ path }) => isLockFile(path))) return;
  const manifests = [...files.map(({ path }) => path), 'package.json'].filter(
    (path) => baseName(path) === 'package.json',
  );
  for (const path of manifests) await forgetKept(join(root, folderPath(path), 'node_modules'));
}

function placesOf({ moves }: Planned): ReadonlyMap<string, string> {
  return new Map(moves.map(({ from, to }) => [from, to]));
}

function pathsOf(planned: Planned): readonly string[] {
  const places = placesOf(planned);
  return [
    ...planned.files.map(({ path }) => places.get(path) ?? path),
    ...planned.written.map(({ path }) => path),
    ...planned.removed.map(({ path }) => path),
  ];
}

/** Throws `drift` where a file is not as it was when the plan was made. */
async function allChanges(planned: Planned, root: string): Promise<readonly FileChange[]> {
  const places = placesOf(planned);
  const edited = await changesOf(root, planned.files);
  const gone: FileChange[] = [];
  for (const { path, before } of planned.removed) {
    const answer = await readText(root, path);
    if (answer.kind === 'unreadable') throw movedFile(path, answer.why);
    if (hashOf(answer.text) !== before) throw movedFile(path, 'Its text is another one.');
    gone.push({ path, before: answer.text, after: undefined });
  }
  return [
    ...edited.map((change) => ({ ...change, path: places.get(change.path) ?? change.path })),
    ...planned.written.map(({ path, text }) => ({ path, before: undefined, after: text })),
    ...gone,
  ];
}
