import { fail } from '#core/error';
import type { SourceTree } from '../engine/recipe-run.ts';
import { committedText } from '../repository/committed-text.ts';
import { zeroSeparated } from '../repository/git.ts';
import type { Repository } from '../repository/repository.ts';
import type { FileChange } from '../text/file-change.ts';
import { diskTree } from '../tree/disk-tree.ts';

/** So many files are asked for at once. */
const width = 16;

/** A tree as it was at a commit, with what is installed now. Reads only. Throws `bad-input` where git does not know it. */
export async function treeAt(commit: string, repository: Repository, signal: AbortSignal): Promise<SourceTree> {
  const { git } = repository;
  const known = await git.try(['rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}^{commit}`]);
  if (known.exitCode !== 0) throw noCommit(commit, await isShallow(repository));
  const at = known.output.trim();
  const names = ['diff', '--name-only', '--no-renames', '--relative', '-z', at, '--', '.'];
  const paths = zeroSeparated(await git.out(names));
  const changes: FileChange[] = [];
  for (let start = 0; start < paths.length; start += width) {
    signal.throwIfAborted();
    changes.push(
      ...(await Promise.all(
        paths.slice(start, start + width).map(async (path): Promise<FileChange> => {
          const after = await committedText(repository, path, at);
          return { path, before: undefined, after };
        }),
      )),
    );
  }
  return diskTree(repository, changes);
}

/**
 * The commit with which a tree is compared where nobody names one: HEAD while something is not committed, else the one before.
 * Undefined where there is none, since this commit is the first.
 */
export async function commitBefore(repository: Repository): Promise<string | undefined> {
  if ((await repository.changedFiles()).length > 0) return 'HEAD';
  const parent = await repository.git.try(['rev-parse', '--verify', '--quiet', 'HEAD^']);
  return parent.exitCode === 0 || (await isShallow(repository)) ? 'HEAD^' : undefined;
}

async function isShallow({ git }: Repository): Promise<boolean> {
  return (await git.try(['rev-parse', '--is-shallow-repository'])).output.trim() === 'true';
}

function noCommit(commit: string, isCut: boolean) {
  return fail('bad-input', {
    what: `There is no commit ${commit} to compare with.`,
    why: isCut
      ? 'This is a shallow clone, as machines for CI make it, which has only the newest commits.'
      : 'git does not know it here.',
    next: 'Fetch the history (`fetch-depth: 0`), or name a commit that is there, e.g. `--since origin/main`.',
  });
}
