import type { SourceTree } from '../engine/recipe-run.ts';
import type { Repository } from '../repository/repository.ts';
import type { FileChange } from '../text/file-change.ts';
import { readText } from '../text/read-text.ts';
import { linkTargets } from './link-targets.ts';

/** The tracked files of a repository as recipes see them, with changes that are planned but not written laid over them. */
export async function diskTree(repository: Repository, over: readonly FileChange[] = []): Promise<SourceTree> {
  const { files, others } = await repository.trackedFiles();
  const changed = new Map(over.map(({ path, after }) => [path, after]));
  const paths = new Set(files);
  for (const [path, after] of changed) {
    if (after === undefined) paths.delete(path);
    else paths.add(path);
  }
  return {
    paths: [...paths].sort(),
    passedOver: others.map((path) => ({ what: path, why: 'It is a symbolic link or a submodule.' })),
    links: await linkTargets(repository.git.root, others),
    async read(path) {
      const planned = changed.get(path);
      if (planned !== undefined) return { text: planned };
      if (!paths.has(path)) return { why: 'It is not there.' };
      const answer = await readText(repository.git.root, path);
      return answer.kind === 'text' ? { text: answer.text } : { why: answer.why };
    },
    async installed(path) {
      const answer = await readText(repository.git.root, path);
      return answer.kind === 'text' ? answer.text : undefined;
    },
  };
}

/** Two lists of changes, one after the other, as one. */
export function joinChanges(first: readonly FileChange[], then: readonly FileChange[]): readonly FileChange[] {
  const joined = new Map(first.map((change) => [change.path, change]));
  for (const change of then) {
    joined.set(change.path, {
      ...change,
      before: joined.has(change.path) ? joined.get(change.path)?.before : change.before,
    });
  }
  return [...joined.values()].filter(({ before, after }) => before !== after);
}
