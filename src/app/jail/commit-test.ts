import { runProcess } from '#code/process/run-process';
import { gitIn } from '#code/repository/git';
import type { JailGiven } from './jail.ts';

/** True for a word by which git finds a commit, or a tag of one; a hash of a file or a folder is none. */
export type CommitTest = (word: string) => Promise<boolean>;

/** Asks git of the tree in `root`. */
export function commitTest({ root, env, signal }: JailGiven): CommitTest {
  const git = gitIn({ root, env, run: runProcess, signal });
  return async (word) => {
    if (word === '' || word.startsWith('-')) return false;
    const found = await git.try(['-c', 'core.fsmonitor=false', 'rev-parse', '--verify', '--quiet', `${word}^{commit}`]);
    return found.exitCode === 0;
  };
}
